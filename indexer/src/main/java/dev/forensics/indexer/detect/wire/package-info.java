/**
 * Reading numbers and text out of payload: absolute reads, no allocation, no knowledge of any
 * protocol.
 */
package dev.forensics.indexer.detect.wire;
