package dev.forensics.indexer.detect.bittorrent;

/** What a BitTorrent flow showed. */
public final class BittorrentFacts {
  /** "peer" (BEP 3), "utp" (BEP 29) or "dht" (BEP 5). */
  public String kind;

  /** Info hash of the torrent, lower-case hex; null when not seen. */
  public String infoHash;

  /** Peer id of the originator, readable; null when not seen. */
  public String originatorPeerId;

  /** Peer id of the responder, readable; null when not seen. */
  public String responderPeerId;
}
