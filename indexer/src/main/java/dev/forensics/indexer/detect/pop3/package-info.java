/** POP3 (RFC 1939). */
package dev.forensics.indexer.detect.pop3;
