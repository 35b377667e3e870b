/** BitTorrent: peer wire (BEP 3), uTP (BEP 29) and DHT (BEP 5). */
package dev.forensics.indexer.detect.bittorrent;
