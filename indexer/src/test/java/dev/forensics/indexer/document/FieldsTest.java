package dev.forensics.indexer.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The catalogue and the documents agree: every field written is listed, every listed one occurs.
 */
class FieldsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Map<String, Field> BY_NAME = new HashMap<>();

  static {
    Fields.ALL.forEach(field -> BY_NAME.put(field.name(), field));
  }

  @TestFactory
  Stream<DynamicTest> shouldListEveryFieldThatIsWritten() {
    return SampleDocuments.all().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      EcsDocument document = entry.getValue();
                      walk(MAPPER.readTree(document.json()), "", document, new HashSet<>());
                    }));
  }

  @Test
  void shouldWriteEveryFieldThatIsListed() throws IOException {
    Set<String> written = new HashSet<>();
    for (EcsDocument document : SampleDocuments.all().values()) {
      walk(MAPPER.readTree(document.json()), "", document, written);
    }
    Set<String> missing = new TreeSet<>();
    for (Field field : Fields.ALL) {
      if (!field.optional() && !written.contains(field.name())) {
        missing.add(field.name());
      }
    }
    assertThat(missing).as("fields that no golden document has").isEmpty();
  }

  @Test
  void shouldListEachFieldOnce() {
    assertThat(Fields.ALL).extracting(Field::name).doesNotHaveDuplicates();
    for (Field field : Fields.ALL) {
      for (int dot = field.name().indexOf('.'); dot > 0; dot = field.name().indexOf('.', dot + 1)) {
        assertThat(BY_NAME)
            .as("parent of " + field.name())
            .doesNotContainKey(field.name().substring(0, dot));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> shouldGiveExamplesOfTheRightType() {
    return Fields.ALL.stream()
        .map(
            field ->
                DynamicTest.dynamicTest(
                    field.name(), () -> assertFits(field, exampleOf(field), field.name())));
  }

  private static JsonNode exampleOf(Field field) throws IOException {
    return switch (field.type()) {
      case KEYWORD, KEYWORD_SEARCH, TEXT, DATE, IP ->
          MAPPER.getNodeFactory().textNode(field.example());
      case LONG, FLOAT, BOOLEAN, GEO_POINT, FLATTENED -> MAPPER.readTree(field.example());
      case UNINDEXED ->
          field.example().startsWith("{") || field.example().startsWith("[")
              ? MAPPER.readTree(field.example())
              : MAPPER.getNodeFactory().textNode(field.example());
    };
  }

  private static void walk(JsonNode node, String name, EcsDocument document, Set<String> written)
      throws IOException {
    Field field = BY_NAME.get(name);
    if (field == null && node.isArray()) { // of objects: their members are in the catalogue
      for (JsonNode element : node) {
        assertThat(element.isObject()).as(name).isTrue();
        walk(element, name, document, written);
      }
      return;
    }
    if (field == null) {
      assertThat(node.isObject()).as("%s is in no catalogue", name).isTrue();
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        String path = name.isEmpty() ? member.getKey() : name + "." + member.getKey();
        walk(member.getValue(), path, document, written);
      }
      return;
    }
    assertThat(field.documents()).as(name).contains(document.kind());
    if (node.isArray() && field.type() != FieldType.UNINDEXED) {
      assertThat(field.list()).as("%s is a list", name).isTrue();
      assertThat(node).as(name).isNotEmpty();
      for (JsonNode value : node) {
        assertFits(field, value, name);
      }
    } else {
      assertFits(field, node, name);
    }
    written.add(name);
  }

  private static void assertFits(Field field, JsonNode value, String name) throws IOException {
    switch (field.type()) {
      case KEYWORD, KEYWORD_SEARCH, TEXT -> assertThat(value.isTextual()).as(name).isTrue();
      case LONG -> assertThat(value.isIntegralNumber()).as(name).isTrue();
      case FLOAT -> assertThat(value.isNumber()).as(name).isTrue();
      case BOOLEAN -> assertThat(value.isBoolean()).as(name).isTrue();
      case DATE -> assertThat(Instant.parse(value.asText())).as(name).isNotNull();
      case IP -> assertThat(InetAddress.getByName(value.asText())).as(name).isNotNull();
      case GEO_POINT -> assertThat(value.path("lat").isNumber()).as(name).isTrue();
      case FLATTENED -> assertThat(value.isObject()).as(name).isTrue();
      case UNINDEXED -> assertThat(value.isMissingNode()).as(name).isFalse();
    }
  }
}
