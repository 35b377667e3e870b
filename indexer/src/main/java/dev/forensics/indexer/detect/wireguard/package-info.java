/** WireGuard. */
package dev.forensics.indexer.detect.wireguard;
