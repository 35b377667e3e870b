package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.detect.rdp.RdpFacts;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** "rdp" of "forensics". */
final class RdpSection implements FactsSection<RdpFacts> {
  private static final SerializableString RDP = JsonWriter.name("rdp");
  private static final SerializableString COOKIE_USER = JsonWriter.name("cookie_user");
  private static final SerializableString REQUESTED_PROTOCOLS =
      JsonWriter.name("requested_protocols");
  private static final SerializableString SELECTED_PROTOCOL = JsonWriter.name("selected_protocol");
  private static final SerializableString FAILURE_CODE = JsonWriter.name("failure_code");

  @Override
  public Class<RdpFacts> facts() {
    return RdpFacts.class;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        own(
            "cookie_user",
            KEYWORD,
            "User name of the mstshash cookie, cut to 9 characters by clients.",
            "alice"),
        own(
            "requested_protocols",
            LONG,
            "Protocols that the client asked for, bits: 1 TLS, 2 CredSSP, 8 CredSSP early.",
            "3"),
        own(
            "selected_protocol",
            LONG,
            "Protocol that the server chose, the same bits; 0 is RDP's own encryption.",
            "2"),
        own("failure_code", LONG, "Failure code of the negotiation.", "5"));
  }

  @Override
  public void writeForensics(RdpFacts facts, Flow flow, JsonWriter json) {
    json.open(RDP);
    json.text(COOKIE_USER, Masks.label(facts.cookieUser));
    if (facts.requestedProtocols >= 0) {
      json.number(REQUESTED_PROTOCOLS, facts.requestedProtocols);
    }
    if (facts.selectedProtocol >= 0) {
      json.number(SELECTED_PROTOCOL, facts.selectedProtocol);
    }
    if (facts.failureCode >= 0) {
      json.number(FAILURE_CODE, facts.failureCode);
    }
    json.close();
  }

  @Override
  public void names(RdpFacts facts, HostNames names) {
    names.shownUser(Masks.label(facts.cookieUser));
  }

  private static Field own(String name, FieldType type, String meaning, String example) {
    return Field.own("forensics.rdp." + name, type, meaning, example);
  }
}
