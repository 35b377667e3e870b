package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.KEYWORD;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.detect.ssh.SshFacts;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** "ssh" of "forensics". */
final class SshSection implements FactsSection<SshFacts> {
  private static final SerializableString SSH = JsonWriter.name("ssh");
  private static final SerializableString CLIENT_VERSION = JsonWriter.name("client_version");
  private static final SerializableString SERVER_VERSION = JsonWriter.name("server_version");
  private static final SerializableString HASSH = JsonWriter.name("hassh");
  private static final SerializableString HASSH_SERVER = JsonWriter.name("hassh_server");
  private static final SerializableString HASSH_ALGORITHMS = JsonWriter.name("hassh_algorithms");
  private static final SerializableString HASSH_SERVER_ALGORITHMS =
      JsonWriter.name("hassh_server_algorithms");

  @Override
  public Class<SshFacts> facts() {
    return SshFacts.class;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        own("client_version", KEYWORD, "Version line of the client.", "SSH-2.0-OpenSSH_9.6"),
        own("server_version", KEYWORD, "Version line of the server.", "SSH-2.0-OpenSSH_9.6"),
        own(
            "hassh",
            KEYWORD,
            "HASSH fingerprint of the client: MD5 of its algorithm names.",
            "ec7378c1a92f5a8dde7e8b7a1ddf33d1"),
        own(
            "hassh_server",
            KEYWORD,
            "HASSH fingerprint of the server.",
            "b12d2871a1189eff20364cf5333619ee"),
        own(
            "hassh_algorithms",
            KEYWORD,
            "Names that the fingerprint of the client is made of; past 1,024 characters kept but not searched.",
            "curve25519-sha256;aes128-ctr;hmac-sha2-256;none"),
        own(
            "hassh_server_algorithms",
            KEYWORD,
            "Names that the fingerprint of the server is made of; past 1,024 characters kept but not searched.",
            "curve25519-sha256;aes128-ctr;hmac-sha2-256;none"));
  }

  @Override
  public void writeForensics(SshFacts facts, Flow flow, JsonWriter json) {
    json.open(SSH);
    json.text(CLIENT_VERSION, Masks.software(facts.clientVersion));
    json.text(SERVER_VERSION, Masks.software(facts.serverVersion));
    json.text(HASSH, facts.hassh);
    json.text(HASSH_SERVER, facts.hasshServer);
    json.longText(HASSH_ALGORITHMS, Masks.algorithms(facts.hasshAlgorithms));
    json.longText(HASSH_SERVER_ALGORITHMS, Masks.algorithms(facts.hasshServerAlgorithms));
    json.close();
  }

  private static Field own(String name, FieldType type, String meaning, String example) {
    return Field.own("forensics.ssh." + name, type, meaning, example);
  }
}
