package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.KEYWORD;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.document.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * "threat" of alarms. Rules name ATT&CK techniques and sub-techniques (T1071.001); ECS keeps the
 * two apart, so a sub-technique gives both itself and its technique.
 */
final class ThreatSection {
  static final List<Field> FIELDS =
      List.of(
          Field.ecs("threat.framework", KEYWORD, "Always MITRE ATT&CK.", "MITRE ATT&CK")
              .in(DocumentKind.ALARM),
          Field.ecs("threat.technique.id", KEYWORD, "ATT&CK techniques of the rule.", "T1571")
              .many()
              .in(DocumentKind.ALARM),
          Field.ecs("threat.technique.name", KEYWORD, "Their names.", "Non-Standard Port")
              .many()
              .in(DocumentKind.ALARM),
          Field.ecs(
                  "threat.technique.reference",
                  KEYWORD,
                  "Their pages.",
                  "https://attack.mitre.org/techniques/T1571/")
              .many()
              .in(DocumentKind.ALARM),
          Field.ecs(
                  "threat.technique.subtechnique.id",
                  KEYWORD,
                  "ATT&CK sub-techniques of the rule.",
                  "T1071.001")
              .many()
              .in(DocumentKind.ALARM),
          Field.ecs("threat.technique.subtechnique.name", KEYWORD, "Their names.", "Web Protocols")
              .many()
              .in(DocumentKind.ALARM),
          Field.ecs(
                  "threat.technique.subtechnique.reference",
                  KEYWORD,
                  "Their pages.",
                  "https://attack.mitre.org/techniques/T1071/001/")
              .many()
              .in(DocumentKind.ALARM));

  private static final String PAGES = "https://attack.mitre.org/techniques/";
  private static final SerializableString THREAT = JsonWriter.name("threat");
  private static final SerializableString FRAMEWORK = JsonWriter.name("framework");
  private static final SerializableString MITRE_ATTACK = JsonWriter.name("MITRE ATT&CK");
  private static final SerializableString TECHNIQUE = JsonWriter.name("technique");
  private static final SerializableString SUBTECHNIQUE = JsonWriter.name("subtechnique");
  private static final SerializableString ID = JsonWriter.name("id");
  private static final SerializableString NAME = JsonWriter.name("name");
  private static final SerializableString REFERENCE = JsonWriter.name("reference");

  private ThreatSection() {}

  static void write(List<String> ids, JsonWriter json) {
    List<String> techniques = new ArrayList<>(ids.size());
    List<String> subtechniques = new ArrayList<>(ids.size());
    for (String id : ids) {
      int dot = id.indexOf('.');
      String technique = dot < 0 ? id : id.substring(0, dot);
      if (!techniques.contains(technique)) {
        techniques.add(technique);
      }
      if (dot >= 0) {
        subtechniques.add(id);
      }
    }
    if (techniques.isEmpty()) {
      return;
    }
    json.open(THREAT);
    json.constant(FRAMEWORK, MITRE_ATTACK);
    json.open(TECHNIQUE);
    writeList(techniques, json);
    if (!subtechniques.isEmpty()) {
      json.open(SUBTECHNIQUE);
      writeList(subtechniques, json);
      json.close();
    }
    json.close();
    json.close();
  }

  private static void writeList(List<String> ids, JsonWriter json) {
    json.texts(ID, ids);
    json.texts(NAME, ids.stream().map(Techniques::name).toList());
    json.texts(REFERENCE, ids.stream().map(id -> PAGES + id.replace('.', '/') + "/").toList());
  }
}
