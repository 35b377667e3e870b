/**
 * TLS (RFC 8446, RFC 5246 and older, SSLv3 of RFC 6101, the SSLv2 hello): hellos, fingerprints,
 * alerts, certificates of TLS 1.2 and older. Nothing is decrypted.
 */
package dev.forensics.indexer.detect.tls;
