/** SSH (RFC 4253): software of both sides, HASSH of both sides. */
package dev.forensics.indexer.detect.ssh;
