/** SOCKS 5 (RFC 1928, RFC 1929) and SOCKS 4a. */
package dev.forensics.indexer.detect.socks;
