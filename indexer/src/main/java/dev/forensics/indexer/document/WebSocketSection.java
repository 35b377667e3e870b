package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.BOOLEAN;
import static dev.forensics.indexer.document.FieldType.KEYWORD;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.websocket.WebSocketFacts;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** "websocket" of "forensics". */
final class WebSocketSection implements FactsSection<WebSocketFacts> {
  private static final SerializableString WEBSOCKET = JsonWriter.name("websocket");
  private static final SerializableString MESSAGES = JsonWriter.name("messages");
  private static final SerializableString COMPRESSED = JsonWriter.name("compressed");
  private static final SerializableString TEXT = JsonWriter.name("text");
  private static final SerializableString BINARY = JsonWriter.name("binary");

  /** Kinds by bits: 1 text, 2 binary. */
  private static final List<List<SerializableString>> KINDS =
      List.of(List.of(), List.of(TEXT), List.of(BINARY), List.of(TEXT, BINARY));

  @Override
  public Class<WebSocketFacts> facts() {
    return WebSocketFacts.class;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.own(
                "forensics.websocket.messages",
                KEYWORD,
                "Kinds of messages in a plaintext WebSocket, as far as it was looked at: text,"
                    + " binary.",
                "binary")
            .many(),
        Field.own(
            "forensics.websocket.compressed",
            BOOLEAN,
            "A compressed message was seen (permessage-deflate); what is in it is not read.",
            "false"));
  }

  @Override
  public void writeForensics(WebSocketFacts facts, Flow flow, JsonWriter json) {
    json.open(WEBSOCKET);
    json.constants(MESSAGES, KINDS.get((facts.text ? 1 : 0) | (facts.binary ? 2 : 0)));
    json.flag(COMPRESSED, facts.compressed);
    json.close();
  }
}
