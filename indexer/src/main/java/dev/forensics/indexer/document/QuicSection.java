package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.BOOLEAN;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.detect.quic.QuicFacts;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/**
 * "quic" of "forensics"; the ClientHello inside the Initial packets goes where that of TLS goes. A
 * flow of QUIC is UDP and has no TLS of its own, so the two never meet in one document.
 */
final class QuicSection implements FactsSection<QuicFacts> {
  private static final SerializableString QUIC = JsonWriter.name("quic");
  private static final SerializableString VERSION = JsonWriter.name("version");
  private static final SerializableString CONNECTION_ID = JsonWriter.name("connection_id");
  private static final SerializableString OPENED = JsonWriter.name("opened");
  private static final SerializableString UNOPENED = JsonWriter.name("unopened");
  private static final SerializableString NEGOTIATION = JsonWriter.name("version_negotiation");
  private static final SerializableString RETRY = JsonWriter.name("retry");

  @Override
  public Class<QuicFacts> facts() {
    return QuicFacts.class;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        own("version", KEYWORD, "Version, by name or number.", "1"),
        own(
            "connection_id",
            KEYWORD,
            "Destination connection id of the client's first packet.",
            "8394c8f03e515708"),
        own("opened", BOOLEAN, "An Initial packet of the client could be decrypted.", "true"),
        own(
                "unopened",
                LONG,
                "Initial packets of the client that could not, or that were left since there were"
                    + " too many at once.",
                "0")
            .unit("packets"),
        own("version_negotiation", BOOLEAN, "The server asked for another version.", "false"),
        own("retry", BOOLEAN, "The server sent a Retry.", "false"));
  }

  @Override
  public void writeRoot(QuicFacts facts, Flow flow, JsonWriter json) {
    if (facts.serverName != null || facts.ja3 != null) {
      json.open(TlsSection.TLS);
      json.open(TlsSection.CLIENT);
      json.text(TlsSection.SERVER_NAME, Masks.host(facts.serverName));
      json.text(TlsSection.JA3, facts.ja3);
      json.close();
      json.close();
    }
  }

  @Override
  public void writeForensics(QuicFacts facts, Flow flow, JsonWriter json) {
    json.open(QUIC);
    json.text(VERSION, facts.version);
    json.text(CONNECTION_ID, facts.connectionId);
    json.flag(OPENED, facts.opened);
    json.number(UNOPENED, facts.unopened);
    json.flag(NEGOTIATION, facts.versionNegotiation);
    json.flag(RETRY, facts.retry);
    json.close();
    if (facts.ja4 != null || !facts.alpnOffered.isEmpty()) {
      json.open(TlsSection.TLS);
      json.text(TlsSection.JA4, facts.ja4);
      json.texts(TlsSection.ALPN_OFFERED, Masks.alpn(facts.alpnOffered));
      json.close();
    }
  }

  @Override
  public void names(QuicFacts facts, HostNames names) {
    names.ofDestination(Masks.host(facts.serverName));
  }

  private static Field own(String name, FieldType type, String meaning, String example) {
    return Field.own("forensics.quic." + name, type, meaning, example);
  }
}
