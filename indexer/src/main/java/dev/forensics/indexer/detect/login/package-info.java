/** Logins sent in the clear: that they were sent, how and as whom; never the password. */
package dev.forensics.indexer.detect.login;
