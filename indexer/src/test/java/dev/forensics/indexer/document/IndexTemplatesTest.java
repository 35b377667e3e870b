package dev.forensics.indexer.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class IndexTemplatesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What an Elasticsearch without optional modules has. */
  private static final Set<String> TYPES =
      Set.of(
          "keyword",
          "text",
          "long",
          "float",
          "boolean",
          "date",
          "ip",
          "geo_point",
          "flattened",
          "object");

  private final List<IndexTemplate> templates = IndexTemplates.all("7d", "365d");

  @Test
  void shouldPutComponentsBeforeWhatIsComposedOfThem() throws IOException {
    Set<String> known = new TreeSet<>();
    for (IndexTemplate template : templates) {
      for (JsonNode component : json(template).path("composed_of")) {
        if (!component.asText().endsWith("@custom")) {
          assertThat(known).contains(component.asText());
        }
      }
      if (template.kind() == IndexTemplate.Kind.COMPONENT) {
        known.add(template.name());
      }
    }
  }

  @Test
  void shouldFillInTheRetentionOfEachStream() throws IOException {
    assertThat(retention("forensics-flow")).isEqualTo("7d");
    assertThat(retention("forensics-alarm")).isEqualTo("365d");
    assertThat(retention("forensics-captures")).isEmpty();
  }

  @Test
  void shouldWinAgainstTheBuiltInLogsTemplate() throws IOException {
    for (IndexTemplate template : templates) {
      if (template.kind() == IndexTemplate.Kind.INDEX) {
        assertThat(json(template).path("priority").asInt()).isGreaterThan(100);
        assertThat(json(template).path("version").asInt()).isEqualTo(IndexTemplates.VERSION);
      }
    }
  }

  @Test
  void shouldUseOnlyTypesThatEveryServerHas() throws IOException {
    for (IndexTemplate template : templates) {
      for (JsonNode type : json(template).findValues("type")) {
        if (type.isTextual()) {
          assertThat(TYPES).contains(type.asText());
        }
      }
    }
  }

  @Test
  void shouldNameTheTargetsThatTheTemplatesMatch() {
    assertThat(IndexTemplates.target(DocumentKind.FLOW, "default"))
        .isEqualTo("logs-forensics.flow-default");
    assertThat(IndexTemplates.target(DocumentKind.ALARM, "lab"))
        .isEqualTo("logs-forensics.alarm-lab");
    assertThat(IndexTemplates.target(DocumentKind.CAPTURE, "lab")).isEqualTo("forensics-captures");
  }

  private String retention(String name) throws IOException {
    for (IndexTemplate template : templates) {
      if (template.kind() == IndexTemplate.Kind.INDEX && template.name().equals(name)) {
        return json(template).at("/template/lifecycle/data_retention").asText();
      }
    }
    throw new IllegalArgumentException(name);
  }

  private static JsonNode json(IndexTemplate template) throws IOException {
    return MAPPER.readTree(template.json());
  }
}
