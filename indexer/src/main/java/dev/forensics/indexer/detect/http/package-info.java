/**
 * HTTP/1.x (RFC 9112) and the preface and first headers of HTTP/2 with prior knowledge (RFC 9113),
 * on any port: every request and response of a connection, bodies counted and not kept.
 */
package dev.forensics.indexer.detect.http;
