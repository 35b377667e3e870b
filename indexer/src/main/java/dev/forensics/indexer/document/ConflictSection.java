package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.conflict.ConflictFacts;
import dev.forensics.indexer.detect.conflict.Version;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.ArrayList;
import java.util.List;

/** "conflict" of "forensics": two versions of the same bytes of a TCP stream. */
final class ConflictSection implements FactsSection<ConflictFacts> {
  private static final SerializableString CONFLICT = JsonWriter.name("conflict");
  private static final SerializableString SIDE = JsonWriter.name("side");
  private static final SerializableString SEQUENCE = JsonWriter.name("sequence");
  private static final SerializableString OFFSET = JsonWriter.name("offset");
  private static final SerializableString COMPARED = JsonWriter.name("compared_bytes");
  private static final SerializableString DIFFERING = JsonWriter.name("differing_bytes");
  private static final SerializableString ACCEPTED = JsonWriter.name("accepted");
  private static final SerializableString REFUSED = JsonWriter.name("refused");
  private static final SerializableString MESSAGE = JsonWriter.name("message");
  private static final SerializableString HOST = JsonWriter.name("host");
  private static final SerializableString BYTES = JsonWriter.name("bytes");
  private static final SerializableString SHA256 = JsonWriter.name("sha256");
  private static final SerializableString TTL = JsonWriter.name("ttl");
  private static final SerializableString IDENTIFICATION = JsonWriter.name("ip_id");

  @Override
  public Class<ConflictFacts> facts() {
    return ConflictFacts.class;
  }

  @Override
  public List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    fields.add(
        own("side", KEYWORD, "Whose direction has two versions: client or server.", "server"));
    fields.add(
        own(
            "sequence",
            LONG,
            "TCP sequence number of the first byte that differs, as in the packets.",
            "5009"));
    fields.add(
        own(
            "offset",
            LONG,
            "Offset of that byte in the direction's payload of this document, modulo 2^32.",
            "9"));
    fields.add(
        own("compared_bytes", LONG, "How many bytes could be compared.", "53").unit("bytes"));
    fields.add(own("differing_bytes", LONG, "How many of them differ.", "40").unit("bytes"));
    version(fields, "accepted", "the version that came first, and counts");
    version(fields, "refused", "the version that came later");
    return List.copyOf(fields);
  }

  private static void version(List<Field> fields, String name, String what) {
    fields.add(
        own(
            name + ".message",
            KEYWORD,
            "What the bytes begin with: " + what + ". Absent when it is not known.",
            "HTTP answer 302"));
    fields.add(own(name + ".host", KEYWORD, "Host that they name: " + what + ".", "example.org"));
    fields.add(
        own(name + ".bytes", LONG, "How many are known, at most 4096: " + what + ".", "78")
            .unit("bytes"));
    fields.add(
        own(
            name + ".sha256",
            KEYWORD,
            "First 16 hex digits of their SHA-256: "
                + what
                + ". Absent where the bytes could be guessed.",
            "9f86d081884c7d65"));
    fields.add(
        own(name + ".ttl", LONG, "Time to live or hop limit of the packet: " + what + ".", "55"));
    fields.add(own(name + ".ip_id", LONG, "IP identification of the packet: " + what + ".", "946"));
  }

  @Override
  public void writeForensics(ConflictFacts facts, Flow flow, JsonWriter json) {
    json.open(CONFLICT);
    json.text(SIDE, facts.by == flow.opener ? "client" : "server");
    json.number(SEQUENCE, facts.sequence);
    json.number(OFFSET, facts.offset);
    json.number(COMPARED, facts.comparedBytes);
    json.number(DIFFERING, facts.differingBytes);
    write(ACCEPTED, facts.accepted, json);
    write(REFUSED, facts.refused, json);
    json.close();
  }

  private static void write(SerializableString name, Version version, JsonWriter json) {
    json.open(name);
    json.text(MESSAGE, version.message());
    json.text(HOST, Masks.authority(version.host()));
    json.number(BYTES, version.lengthBytes());
    json.text(SHA256, version.sha256());
    if (version.ttl() >= 0) {
      json.number(TTL, version.ttl());
      json.number(IDENTIFICATION, version.identification());
    }
    json.close();
  }

  @Override
  public void names(ConflictFacts facts, HostNames names) {
    related(facts.accepted.host(), names);
    related(facts.refused.host(), names);
  }

  private static void related(String host, HostNames names) {
    if (host != null) {
      names.related(HttpUrl.host(host));
    }
  }

  private static Field own(String name, FieldType type, String meaning, String example) {
    return Field.own("forensics.conflict." + name, type, meaning, example);
  }
}
