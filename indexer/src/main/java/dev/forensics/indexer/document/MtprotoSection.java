package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.BOOLEAN;
import static dev.forensics.indexer.document.FieldType.DATE;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.mtproto.MtprotoFacts;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** "mtproto" of "forensics". */
final class MtprotoSection implements FactsSection<MtprotoFacts> {
  private static final SerializableString MTPROTO = JsonWriter.name("mtproto");
  private static final SerializableString TRANSPORT = JsonWriter.name("transport");
  private static final SerializableString OBFUSCATED = JsonWriter.name("obfuscated");
  private static final SerializableString DATA_CENTRE = JsonWriter.name("data_centre");
  private static final SerializableString AUTH_KEY_ID = JsonWriter.name("auth_key_id");
  private static final SerializableString MESSAGE_ID = JsonWriter.name("message_id");
  private static final SerializableString MESSAGE_TIME = JsonWriter.name("message_time");
  private static final SerializableString CONSTRUCTOR = JsonWriter.name("constructor");
  private static final SerializableString ENCRYPTED = JsonWriter.name("encrypted");
  private static final SerializableString NONCE_ECHOED = JsonWriter.name("nonce_echoed");
  private static final SerializableString CLOCK_SKEW = JsonWriter.name("clock_skew_ms");
  private static final SerializableString ERROR_CODE = JsonWriter.name("error_code");
  private static final SerializableString MESSAGES = JsonWriter.name("messages");

  @Override
  public Class<MtprotoFacts> facts() {
    return MtprotoFacts.class;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        own(
            "transport",
            KEYWORD,
            "Transport of MTProto: http, abridged, intermediate, padded or full.",
            "http"),
        own("obfuscated", BOOLEAN, "The transport was under obfuscated2, removed here.", "false"),
        own(
            "data_centre",
            LONG,
            "Data centre that the obfuscated opening names; negative for media.",
            "2"),
        own(
            "auth_key_id",
            KEYWORD,
            "Id of the authorization key, sent in the clear and stable per device and data centre:"
                + " the same id from two networks is the same device.",
            "a1b2c3d4e5f60718"),
        own(
            "message_id",
            KEYWORD,
            "message_id of the client's first unencrypted message, a decimal number.",
            "7330000000000000000"),
        own(
            "message_time",
            DATE,
            "Time that this message_id carries, where it is plausible: some clients send a random"
                + " one first.",
            "2026-11-22T10:15:30.000000000Z"),
        own("constructor", KEYWORD, "Name of the first unencrypted constructor.", "req_pq_multi"),
        own("encrypted", BOOLEAN, "An encrypted message was seen.", "true"),
        own(
            "nonce_echoed",
            BOOLEAN,
            "The server's resPQ carried the nonce of the client's req_pq: proof of MTProto.",
            "true"),
        own(
                "clock_skew_ms",
                LONG,
                "Clock of the sender of a plausible message_id minus packet time.",
                "-120")
            .unit("ms"),
        own("error_code", LONG, "The server's answer of four bytes, negative.", "-404"),
        own("messages", LONG, "Messages recognized, both sides.", "12").unit("messages"));
  }

  @Override
  public void writeForensics(MtprotoFacts facts, Flow flow, JsonWriter json) {
    json.open(MTPROTO);
    json.text(TRANSPORT, facts.transport);
    json.flag(OBFUSCATED, facts.obfuscated);
    if (facts.dataCentre != 0) {
      json.number(DATA_CENTRE, facts.dataCentre);
    }
    json.text(AUTH_KEY_ID, facts.authKeyId);
    if (facts.messageId != 0) {
      json.numberText(MESSAGE_ID, facts.messageId);
    }
    if (facts.messageTimeMillis != 0) {
      json.timeMillis(MESSAGE_TIME, facts.messageTimeMillis);
    }
    json.text(CONSTRUCTOR, facts.constructor);
    json.flag(ENCRYPTED, facts.encrypted);
    json.flag(NONCE_ECHOED, facts.nonceEchoed);
    if (facts.clockSkewMillis != null) {
      json.number(CLOCK_SKEW, facts.clockSkewMillis);
    }
    if (facts.errorCode != 0) {
      json.number(ERROR_CODE, facts.errorCode);
    }
    json.number(MESSAGES, facts.messages);
    json.close();
  }

  private static Field own(String name, FieldType type, String meaning, String example) {
    return Field.own("forensics.mtproto." + name, type, meaning, example);
  }
}
