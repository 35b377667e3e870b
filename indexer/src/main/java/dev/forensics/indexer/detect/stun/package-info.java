/** STUN (RFC 8489). */
package dev.forensics.indexer.detect.stun;
