package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.BOOLEAN;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;
import static dev.forensics.indexer.document.FieldType.TEXT;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.Outcome;
import dev.forensics.indexer.detect.RuleInfo;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.document.json.EnumText;
import dev.forensics.indexer.document.json.JsonWriter;
import java.util.List;

/** "message", "rule" and "forensics.alarm" of alarms. */
final class AlarmSection {
  static final List<Field> FIELDS =
      List.of(
          alarm(Field.ecs("message", TEXT, "As event.reason, searched by word.", "Plaintext HTTP")),
          alarm(Field.ecs("rule.id", KEYWORD, "Id of the rule.", "http-on-https-port")),
          alarm(
              Field.ecs("rule.name", KEYWORD, "Name of the rule.", "Plaintext HTTP on HTTPS port")),
          alarm(Field.ecs("rule.category", KEYWORD, "misuse, exposure or policy.", "exposure")),
          alarm(Field.ecs("rule.description", KEYWORD, "What the rule means.", "Plaintext HTTP")),
          alarm(
              Field.ecs(
                  "rule.reference",
                  KEYWORD,
                  "A public page about it.",
                  "https://attack.mitre.org/techniques/T1571/")),
          alarm(Field.ecs("rule.version", KEYWORD, "Version of the rule's meaning.", "1")),
          alarm(Field.ecs("rule.ruleset", KEYWORD, "forensics.", "forensics")),
          alarm(
              Field.own(
                  "forensics.alarm.outcome",
                  KEYWORD,
                  "What became of it: accepted, rejected, reset, unanswered (the server's direction"
                      + " was captured and stayed silent), request_only (the answer is not in the"
                      + " capture, or not whether it refuses plaintext), response_only or midstream. Absent for rules that do not grade.",
                  "accepted")),
          alarm(
              Field.own(
                      "forensics.alarm.confidence",
                      LONG,
                      "How sure the verdict is, 0 to 100; falls with poor quality of the capture.",
                      "95")
                  .unit("percent")),
          alarm(
              Field.own(
                  "forensics.alarm.suppressed",
                  BOOLEAN,
                  "True when a suppression matched: the alarm is written, but asks for nobody.",
                  "false")),
          alarm(
              Field.own(
                  "forensics.alarm.suppression_reason",
                  KEYWORD,
                  "Reason given with the suppression.",
                  "Monitoring probe, reviewed")),
          alarm(
              Field.own(
                  "forensics.alarm.first_for_destination",
                  BOOLEAN,
                  "True for the first alarm of this rule about this destination address and port"
                      + " (and target, where it is a proxy) that the sensor's run raised, by packet"
                      + " time.",
                  "true")));

  private static final SerializableString MESSAGE = JsonWriter.name("message");
  private static final SerializableString RULE = JsonWriter.name("rule");
  private static final SerializableString ID = JsonWriter.name("id");
  private static final SerializableString NAME = JsonWriter.name("name");
  private static final SerializableString CATEGORY = JsonWriter.name("category");
  private static final SerializableString DESCRIPTION = JsonWriter.name("description");
  private static final SerializableString REFERENCE = JsonWriter.name("reference");
  private static final SerializableString VERSION = JsonWriter.name("version");
  private static final SerializableString RULESET = JsonWriter.name("ruleset");
  private static final SerializableString FORENSICS = JsonWriter.name("forensics");
  private static final SerializableString ALARM = JsonWriter.name("alarm");
  private static final SerializableString OUTCOME = JsonWriter.name("outcome");
  private static final SerializableString CONFIDENCE = JsonWriter.name("confidence");
  private static final SerializableString SUPPRESSED = JsonWriter.name("suppressed");
  private static final SerializableString SUPPRESSION_REASON =
      JsonWriter.name("suppression_reason");
  private static final SerializableString FIRST = JsonWriter.name("first_for_destination");
  private static final EnumText<Outcome> OUTCOMES = EnumText.lowerCase(Outcome.class);

  private AlarmSection() {}

  static void writeRoot(Verdict verdict, JsonWriter json) {
    RuleInfo rule = verdict.rule();
    json.text(MESSAGE, verdict.reason());
    json.open(RULE);
    json.text(ID, rule.id());
    json.text(NAME, rule.name());
    json.text(CATEGORY, rule.category());
    json.text(DESCRIPTION, rule.description());
    json.text(REFERENCE, rule.reference());
    json.text(VERSION, rule.version());
    json.constant(RULESET, FORENSICS);
    json.close();
    ThreatSection.write(rule.techniques(), json);
  }

  /**
   * Writes "alarm" with a flag that says no.
   *
   * @return where the flag ends in the document, in bytes
   */
  static int writeForensics(Verdict verdict, JsonWriter json) {
    json.open(ALARM);
    if (verdict.outcome() != null) {
      json.constant(OUTCOME, OUTCOMES.of(verdict.outcome()));
    }
    json.number(CONFIDENCE, verdict.confidence());
    json.flag(SUPPRESSED, verdict.suppression() != null);
    json.text(SUPPRESSION_REASON, verdict.suppression());
    json.flag(FIRST, false);
    int flagEnd = json.length();
    json.close();
    return flagEnd;
  }

  private static Field alarm(Field field) {
    return field.in(DocumentKind.ALARM);
  }
}
