/** Telnet (RFC 854). */
package dev.forensics.indexer.detect.telnet;
