package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.KEYWORD;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.bittorrent.BittorrentFacts;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** "bittorrent" of "forensics". */
final class BittorrentSection implements FactsSection<BittorrentFacts> {
  private static final SerializableString BITTORRENT = JsonWriter.name("bittorrent");
  private static final SerializableString KIND = JsonWriter.name("kind");
  private static final SerializableString INFO_HASH = JsonWriter.name("info_hash");
  private static final SerializableString ORIGINATOR_PEER_ID =
      JsonWriter.name("originator_peer_id");
  private static final SerializableString RESPONDER_PEER_ID = JsonWriter.name("responder_peer_id");

  @Override
  public Class<BittorrentFacts> facts() {
    return BittorrentFacts.class;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        own("kind", KEYWORD, "peer, utp or dht.", "peer"),
        own(
            "info_hash",
            KEYWORD,
            "Info hash of the torrent.",
            "aabbccddeeff00112233445566778899aabbccdd"),
        own(
            "originator_peer_id",
            KEYWORD,
            "Peer id of the side that sent the first packet seen.",
            "-TR4050-abcdefghijkl"),
        own("responder_peer_id", KEYWORD, "Peer id of the other side.", "-qB4630-<12>"));
  }

  @Override
  public void writeForensics(BittorrentFacts facts, Flow flow, JsonWriter json) {
    json.open(BITTORRENT);
    json.text(KIND, facts.kind);
    json.text(INFO_HASH, facts.infoHash);
    json.text(ORIGINATOR_PEER_ID, Masks.peer(facts.originatorPeerId));
    json.text(RESPONDER_PEER_ID, Masks.peer(facts.responderPeerId));
    json.close();
  }

  private static Field own(String name, FieldType type, String meaning, String example) {
    return Field.own("forensics.bittorrent." + name, type, meaning, example);
  }
}
