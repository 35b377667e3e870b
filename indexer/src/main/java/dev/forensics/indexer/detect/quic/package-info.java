/**
 * QUIC v1 (RFC 9000) and v2 (RFC 9369): the client's Initial opened, with what its ClientHello
 * says.
 */
package dev.forensics.indexer.detect.quic;
