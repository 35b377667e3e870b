package dev.forensics.indexer.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.kibana.FieldUse;
import dev.forensics.indexer.kibana.KibanaPack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every field that the Kibana pack uses is in the catalogue, in a type that fits its use. */
class KibanaFieldsTest {
  private static final Map<String, DocumentKind> KINDS =
      Map.of(
          "forensics-flows", DocumentKind.FLOW,
          "forensics-alarms", DocumentKind.ALARM,
          "forensics-captures", DocumentKind.CAPTURE);

  private static final Set<FieldType> NOT_AGGREGATED =
      Set.of(FieldType.TEXT, FieldType.KEYWORD_SEARCH, FieldType.UNINDEXED, FieldType.GEO_POINT);

  @Test
  void shouldHaveEveryField() throws Exception {
    List<FieldUse> uses = FieldUse.of(KibanaPack.read(Path.of("../kibana/saved-objects")));

    assertThat(uses).hasSizeGreaterThan(300).allSatisfy(KibanaFieldsTest::check);
  }

  private static void check(FieldUse use) {
    DocumentKind kind = KINDS.get(use.dataView());
    Field field =
        Fields.of(kind).stream()
            .filter(one -> one.name().equals(use.field()))
            .findFirst()
            .orElseThrow(() -> new AssertionError("not in the catalogue: " + use));
    if (use.aggregated()) {
      assertThat(NOT_AGGREGATED).as("%s", use).doesNotContain(field.type());
    }
  }
}
