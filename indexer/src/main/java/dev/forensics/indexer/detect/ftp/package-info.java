/** FTP control connections (RFC 959). */
package dev.forensics.indexer.detect.ftp;
