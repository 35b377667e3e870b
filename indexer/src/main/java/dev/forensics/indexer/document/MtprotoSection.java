package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.BOOLEAN;
import static dev.forensics.indexer.document.FieldType.DATE;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.mtproto.MtprotoFacts;
import dev.forensics.indexer.detect.mtproto.MtprotoKey;
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
  private static final SerializableString KEYS = JsonWriter.name("keys");
  private static final SerializableString KEY_ID = JsonWriter.name("id");
  private static final SerializableString FIRST = JsonWriter.name("first");
  private static final SerializableString LAST = JsonWriter.name("last");
  private static final SerializableString EXCHANGE_SEEN = JsonWriter.name("exchange_seen");
  private static final SerializableString FOLLOWS = JsonWriter.name("follows");
  private static final SerializableString CLASS = JsonWriter.name("class");
  private static final SerializableString REASON = JsonWriter.name("reason");
  private static final SerializableString OTHER_KEYS = JsonWriter.name("other_key_messages");
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
                "Ids of the authorization keys, sent in the clear. A key is one device's, at one data"
                    + " centre: the same id from two networks is the same device. A device has several:"
                    + " one a data centre, and official clients make temporary ones that live a day.",
                "a1b2c3d4e5f60718")
            .many(),
        key(
            "id",
            KEYWORD,
            "Id of a key, in the order of first use; at most 16.",
            "a1b2c3d4e5f60718"),
        key("first", DATE, "First message with it.", "2026-11-22T10:15:30.000000000Z"),
        key("last", DATE, "Last message with it.", "2026-11-22T10:16:30.000000000Z"),
        key(
            "exchange_seen",
            BOOLEAN,
            "A key exchange was seen on the connection before its first message.",
            "true"),
        key(
            "follows",
            KEYWORD,
            "Id of the key that it followed after a key exchange: certainly the same device.",
            "18f6e5d4c3b2a100"),
        key(
            "class",
            KEYWORD,
            "What this connection shows of its life: temporary (a key exchange replaced it, or it"
                + " replaced another one), permanent (used for more than 25 hours), unknown.",
            "temporary"),
        key("reason", KEYWORD, "Why it has this class.", "it followed another key"),
        own(
                "other_key_messages",
                LONG,
                "Messages with keys past the first 16; absent when there are none.",
                "3")
            .unit("messages"),
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
    writeKeys(facts, json);
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

  private static void writeKeys(MtprotoFacts facts, JsonWriter json) {
    if (facts.keys.size() <= 1) {
      json.text(AUTH_KEY_ID, facts.authKeyId);
    } else {
      json.texts(AUTH_KEY_ID, facts.keys.stream().map(key -> key.id).toList());
    }
    if (!facts.keys.isEmpty()) {
      json.openList(KEYS);
      for (MtprotoKey key : facts.keys) {
        json.open();
        json.text(KEY_ID, key.id);
        json.time(FIRST, key.firstNanos);
        json.time(LAST, key.lastNanos);
        json.flag(EXCHANGE_SEEN, key.exchangeSeen);
        json.text(FOLLOWS, key.follows);
        json.text(CLASS, key.kind());
        json.text(REASON, key.reason());
        json.close();
      }
      json.closeList();
    }
    if (facts.otherKeyMessages > 0) {
      json.number(OTHER_KEYS, facts.otherKeyMessages);
    }
  }

  private static Field key(String name, FieldType type, String meaning, String example) {
    return own("keys." + name, type, meaning, example).many();
  }

  private static Field own(String name, FieldType type, String meaning, String example) {
    return Field.own("forensics.mtproto." + name, type, meaning, example);
  }
}
