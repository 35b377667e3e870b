/** IMAP4rev1 and rev2 (RFC 3501, RFC 9051). */
package dev.forensics.indexer.detect.imap;
