package dev.forensics.indexer.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a reader meets on a page: time axes that show something, addresses that lead somewhere. */
class KibanaPagesTest {

  /** Lens draws the page's whole range: of 60 years, packets of one day are a thin line. */
  @TestFactory
  Stream<DynamicTest> shouldNotDrawEmptyYears() {
    return PackFiles.of("dashboard")
        .map(page -> DynamicTest.dynamicTest(page.id(), () -> noLineOfYears(page)));
  }

  private static void noLineOfYears(SavedObject page) {
    for (JsonNode panel : page.attributes().path("panelsJSON")) {
      if (panel.path("type").asText().equals("lens")
          && panel.at("/embeddableConfig/timeRange").isMissingNode()) {
        SavedObject lens = shown(page, panel);
        JsonNode columns =
            lens.attributes().at("/state/datasourceStates/formBased/layers/l1/columns");
        assertThat(columns.findValuesAsText("operationType"))
            .as(lens.id())
            .doesNotContain("date_histogram");
      }
    }
  }

  /** Each page about packets has one picture over time that leaves out the times without any. */
  @TestFactory
  Stream<DynamicTest> shouldShowWhenThereWasSomething() {
    return PackFiles.of("dashboard")
        .filter(page -> page.attributes().path("timeFrom").asText().equals("now-60y"))
        .map(
            page ->
                DynamicTest.dynamicTest(
                    page.id(),
                    () ->
                        assertThat(page.references())
                            .filteredOn(reference -> reference.id().endsWith("-over-time"))
                            .singleElement()
                            .extracting(SavedObject.Reference::type)
                            .isEqualTo("visualization")));
  }

  /** Before anything was read there is no index, and an answer without aggregations. */
  @TestFactory
  Stream<DynamicTest> shouldDrawNothingRatherThanAnErrorBeforeTheFirstIngest() {
    return PackFiles.of("visualization")
        .map(
            vega ->
                DynamicTest.dynamicTest(
                    vega.id(),
                    () ->
                        assertThat(vega.attributes().findValuesAsText("property"))
                            .noneMatch(property -> property.startsWith("aggregations"))));
  }

  /** A table that leads to another page: its addresses are links, not cells with a hidden plus. */
  @TestFactory
  Stream<DynamicTest> shouldLeadOnByAClick() {
    return PackFiles.of("dashboard")
        .flatMap(
            page ->
                StreamSupport.stream(page.attributes().path("panelsJSON").spliterator(), false)
                    .filter(panel -> !panel.findValues("factoryId").isEmpty())
                    .map(panel -> shown(page, panel)))
        .filter(lens -> lens.attributes().path("visualizationType").asText().equals("lnsDatatable"))
        .map(lens -> DynamicTest.dynamicTest(lens.id(), () -> firstColumnIsALink(lens)));
  }

  private static void firstColumnIsALink(SavedObject lens) {
    JsonNode first = lens.attributes().at("/state/visualization/columns/0");
    assertThat(first.path("oneClickFilter").asBoolean()).isTrue();
  }

  private static SavedObject shown(SavedObject page, JsonNode panel) {
    String name = panel.path("panelIndex").asText() + ":" + panel.path("panelRefName").asText();
    List<String> keys =
        page.references().stream()
            .filter(reference -> reference.name().equals(name))
            .map(SavedObject.Reference::key)
            .toList();
    return PackFiles.PACK.objects().stream()
        .filter(object -> keys.contains(object.key()))
        .findFirst()
        .orElseThrow();
  }
}
