/** SMTP (RFC 5321). */
package dev.forensics.indexer.detect.smtp;
