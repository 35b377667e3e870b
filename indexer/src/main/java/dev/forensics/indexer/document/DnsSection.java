package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.IP;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;
import static dev.forensics.indexer.document.FieldType.UNINDEXED;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.dns.DnsAddress;
import dev.forensics.indexer.detect.dns.DnsAnswer;
import dev.forensics.indexer.detect.dns.DnsFacts;
import dev.forensics.indexer.detect.dns.DnsQuestion;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** "dns", and "dns" of "forensics" with the counts. */
final class DnsSection implements FactsSection<DnsFacts> {
  private static final SerializableString DNS = JsonWriter.name("dns");
  private static final SerializableString QUESTION = JsonWriter.name("question");
  private static final SerializableString NAME = JsonWriter.name("name");
  private static final SerializableString TYPE = JsonWriter.name("type");
  private static final SerializableString RESOLVED = JsonWriter.name("resolved_ip");
  private static final SerializableString ANSWERS = JsonWriter.name("answers");
  private static final SerializableString DATA = JsonWriter.name("data");
  private static final SerializableString TTL = JsonWriter.name("ttl");
  private static final SerializableString NAMES = JsonWriter.name("names");
  private static final SerializableString TYPES = JsonWriter.name("types");
  private static final SerializableString QUERIES = JsonWriter.name("queries");
  private static final SerializableString RESPONSES = JsonWriter.name("responses");
  private static final SerializableString FAILURES = JsonWriter.name("failures");
  private static final SerializableString MALFORMED = JsonWriter.name("malformed");

  @Override
  public Class<DnsFacts> facts() {
    return DnsFacts.class;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.ecs("dns.question.name", KEYWORD, "Name of the first question.", "example.org"),
        Field.ecs("dns.question.type", KEYWORD, "Type of the first question.", "A"),
        Field.ecs(
                "dns.resolved_ip",
                IP,
                "Addresses in the answers of the flow, at most 64.",
                "192.0.2.80")
            .many(),
        Field.ecs(
            "dns.answers",
            UNINDEXED,
            "Answers of the flow, at most 64, each with name, type, data and ttl in seconds.",
            "[{\"name\":\"example.org\",\"type\":\"A\",\"data\":\"192.0.2.80\",\"ttl\":300}]"),
        Field.own(
                "forensics.dns.names",
                KEYWORD,
                "Names of all questions of the flow, at most 32.",
                "example.org")
            .many(),
        Field.own(
                "forensics.dns.types",
                KEYWORD,
                "Types of the same questions, in the same order.",
                "A")
            .many(),
        count("queries", "Queries of the flow."),
        count("responses", "Responses of the flow."),
        count("failures", "Responses with an error code."),
        count("malformed", "Messages that did not decode to their end."));
  }

  @Override
  public void writeRoot(DnsFacts facts, Flow flow, JsonWriter json) {
    json.open(DNS);
    List<DnsQuestion> questions = facts.questions();
    if (!questions.isEmpty()) {
      json.open(QUESTION);
      json.text(NAME, Masks.host(questions.get(0).name()));
      json.text(TYPE, questions.get(0).type());
      json.close();
    }
    writeAddresses(facts.addresses(), json);
    writeAnswers(facts.answers(), json);
    json.close();
  }

  @Override
  public void writeForensics(DnsFacts facts, Flow flow, JsonWriter json) {
    json.open(DNS);
    json.texts(
        NAMES, facts.questions().stream().map(question -> Masks.host(question.name())).toList());
    json.texts(TYPES, facts.questions().stream().map(DnsQuestion::type).toList());
    json.number(QUERIES, facts.queries);
    json.number(RESPONSES, facts.responses);
    json.number(FAILURES, facts.failures);
    json.number(MALFORMED, facts.malformed);
    json.close();
  }

  @Override
  public void names(DnsFacts facts, HostNames names) {
    List<DnsQuestion> questions = facts.questions();
    for (int i = 0; i < questions.size(); i++) {
      names.related(questions.get(i).name());
    }
  }

  private static void writeAddresses(List<DnsAddress> addresses, JsonWriter json) {
    if (addresses.isEmpty()) {
      return;
    }
    json.openList(RESOLVED);
    for (int i = 0; i < addresses.size(); i++) {
      DnsAddress address = addresses.get(i);
      json.address(address.ipVersion(), address.high(), address.low());
    }
    json.closeList();
  }

  private static void writeAnswers(List<DnsAnswer> answers, JsonWriter json) {
    if (answers.isEmpty()) {
      return;
    }
    json.openList(ANSWERS);
    for (int i = 0; i < answers.size(); i++) {
      DnsAnswer answer = answers.get(i);
      json.open();
      json.text(NAME, Masks.host(answer.name()));
      json.text(TYPE, answer.type());
      json.text(DATA, data(answer));
      json.number(TTL, answer.ttlSeconds());
      json.close();
    }
    json.closeList();
  }

  /** Addresses and names as they are; text of TXT may hold keys. */
  private static String data(DnsAnswer answer) {
    return "TXT".equals(answer.type()) ? Masks.dnsText(answer.value()) : Masks.host(answer.value());
  }

  private static Field count(String name, String meaning) {
    return Field.own("forensics.dns." + name, LONG, meaning, "1").unit("messages");
  }
}
