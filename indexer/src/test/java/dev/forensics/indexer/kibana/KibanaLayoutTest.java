package dev.forensics.indexer.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What a browser would show cut off, overlapping or repeated, estimated from a window 1,440 pixels
 * wide. Rows of the grid are 20 pixels and 8 between them; letters of a table are 7.5 wide, those
 * of a chart's axis 6.6.
 */
class KibanaLayoutTest {
  private static final int PAGE = 1400;
  private static final int COLUMNS = 48;
  private static final double TABLE_LETTER = 7.5;
  private static final double AXIS_LETTER = 6.6;
  private static final int FREE_COLUMN = 220;
  private static final int SEARCH_TIME = 262;
  private static final int SEARCH_FREE = 130;
  private static final int ADDRESS_LETTERS = 15;

  @TestFactory
  Stream<DynamicTest> shouldFillEveryPage() {
    return PackFiles.of("dashboard")
        .map(page -> DynamicTest.dynamicTest(page.id(), () -> covered(page)));
  }

  private static void covered(SavedObject page) {
    List<JsonNode> panels = panels(page);
    int height = panels.stream().mapToInt(p -> bottom(p.path("gridData"))).max().orElse(0);
    boolean[] taken = new boolean[height * COLUMNS];
    for (JsonNode panel : panels) {
      JsonNode grid = panel.path("gridData");
      for (int y = grid.path("y").asInt(); y < bottom(grid); y++) {
        int from = y * COLUMNS + grid.path("x").asInt();
        Arrays.fill(taken, from, from + grid.path("w").asInt(), true);
      }
    }
    List<Integer> holes = new ArrayList<>();
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i]) {
        holes.add(i / COLUMNS);
      }
    }
    assertThat(holes).as("rows with nothing in a part of them").isEmpty();
  }

  @Test
  void shouldBeginWithTheNavigationBar() {
    PackFiles.of("dashboard")
        .forEach(
            page -> {
              JsonNode first = panels(page).get(0);
              assertThat(first.path("type").asText()).as(page.id()).isEqualTo("links");
              assertThat(first.at("/gridData/w").asInt()).isEqualTo(COLUMNS);
            });
  }

  @TestFactory
  Stream<DynamicTest> shouldHaveRoomInEveryPanel() {
    return PackFiles.of("dashboard")
        .flatMap(
            page ->
                panels(page).stream()
                    .filter(panel -> panel.has("panelRefName"))
                    .map(
                        panel ->
                            DynamicTest.dynamicTest(
                                page.id() + " " + panel.path("panelIndex").asText(),
                                () -> room(panel, shown(page, panel)))));
  }

  private static void room(JsonNode panel, SavedObject object) {
    boolean titled = !panel.at("/embeddableConfig/hidePanelTitles").asBoolean();
    String title = panel.path("title").asText(object.attributes().path("title").asText());
    String badge = panel.at("/embeddableConfig/timeRange").isMissingNode() ? "" : "Last 30 days__";
    if (titled) {
      assertThat((title + badge).length() * 8 + 60).as(title).isLessThan(pixels(panel));
    }
    String kind = object.attributes().path("visualizationType").asText();
    switch (kind) {
      case "lnsMetric" -> assertThat(titled).as("the tile has its own title").isFalse();
      case "lnsDatatable" -> table(panel, object);
      case "lnsHeatmap" -> heatmap(panel, object);
      default -> {}
    }
  }

  /** Ten rows and the pages' line need 17 rows of the grid; one column takes what is left. */
  private static void table(JsonNode panel, SavedObject object) {
    JsonNode columns =
        object.attributes().at("/state/datasourceStates/formBased/layers/l1/columns");
    int fixed = 0;
    int free = 0;
    for (JsonNode shown : object.attributes().at("/state/visualization/columns")) {
      JsonNode column = columns.path(shown.path("columnId").asText());
      String label = column.path("label").asText();
      if (shown.has("width")) {
        int width = shown.path("width").asInt();
        fixed += width;
        assertThat(label.length() * TABLE_LETTER + 20).as(label).isLessThanOrEqualTo(width);
        if (column.path("dataType").asText().equals("date")) {
          double letters = dateLetters(object, column.path("sourceField").asText());
          assertThat(letters * TABLE_LETTER + 16).as(label).isLessThanOrEqualTo(width);
        }
      } else {
        free++;
      }
    }
    assertThat(free).as("columns without a width").isOne();
    assertThat(fixed + FREE_COLUMN).isLessThanOrEqualTo(pixels(panel));
    boolean few = object.id().equals("forensics-captures-sensors");
    assertThat(panel.at("/gridData/h").asInt()).isGreaterThanOrEqualTo(few ? 12 : 17);
  }

  /** Length of a date as the data view writes it, or as Kibana does by itself. */
  private static int dateLetters(SavedObject table, String field) {
    String format = "/fieldFormatMap/" + field + "/params/pattern";
    return view(table).attributes().at(format).asText("MMM D, YYYY @ HH:mm:ss.SSS").length();
  }

  /** Names of columns are not turned: each needs its width. */
  private static void heatmap(JsonNode panel, SavedObject object) {
    JsonNode columns =
        object.attributes().at("/state/datasourceStates/formBased/layers/l1/columns");
    JsonNode picture = object.attributes().at("/state/visualization");
    JsonNode across = columns.path(picture.path("xAccessor").asText());
    JsonNode params = across.path("params");
    int others = params.path("otherBucket").asBoolean() ? 1 : 0;
    int missing = params.path("missingBucket").asBoolean() ? 1 : 0;
    int names = params.path("size").asInt() + others + missing;
    int letters = across.path("dataType").asText().equals("ip") ? ADDRESS_LETTERS : 10;
    double needed = names * (letters * AXIS_LETTER + 10) + ADDRESS_LETTERS * AXIS_LETTER + 110;
    assertThat(needed).isLessThanOrEqualTo(pixels(panel));
    int rows = columns.path(picture.path("yAccessor").asText()).at("/params/size").asInt();
    assertThat(panel.at("/gridData/h").asInt()).isGreaterThanOrEqualTo(rows < 10 ? 14 : 20);
  }

  /** The name of a field is too long for a column: each has a label, and room for it. */
  @TestFactory
  Stream<DynamicTest> shouldHaveRoomForTheColumnsOfSearches() {
    return PackFiles.of("search")
        .map(search -> DynamicTest.dynamicTest(search.id(), () -> columns(search)));
  }

  private static void columns(SavedObject search) {
    JsonNode labels = view(search).attributes().path("fieldAttrs");
    double taken = SEARCH_TIME;
    for (JsonNode column : search.attributes().path("columns")) {
      String label = labels.path(column.asText()).path("customLabel").asText();
      assertThat(label).as(column.asText()).isNotBlank();
      JsonNode width = search.attributes().at("/grid/columns").path(column.asText()).path("width");
      double needed = label.length() * TABLE_LETTER + 36;
      assertThat(needed).as(label).isLessThanOrEqualTo(width.asDouble(SEARCH_FREE));
      taken += width.asDouble(SEARCH_FREE);
    }
    assertThat(taken).isLessThanOrEqualTo(PAGE - 16);
  }

  private static SavedObject view(SavedObject object) {
    return PackFiles.of("index-pattern")
        .filter(view -> view.id().equals(object.references().get(0).id()))
        .findFirst()
        .orElseThrow();
  }

  /** A text of 12 points: lines 24 pixels high, letters 7.8 wide. */
  @TestFactory
  Stream<DynamicTest> shouldHaveRoomForTheHint() {
    return PackFiles.of("dashboard")
        .map(page -> DynamicTest.dynamicTest(page.id(), () -> hint(page)));
  }

  private static void hint(SavedObject page) {
    JsonNode panel =
        panels(page).stream()
            .filter(one -> one.path("panelIndex").asText().equals("hint"))
            .findFirst()
            .orElseThrow();
    double lettersALine = (pixels(panel) - 24) / 7.8;
    double height = 16;
    for (JsonNode paragraph : panel.at("/embeddableConfig/savedVis/params/markdown")) {
      int letters = paragraph.asText().replace("*", "").length();
      height += letters == 0 ? 12 : Math.ceil(letters / lettersALine) * 24;
    }
    assertThat(height).isLessThanOrEqualTo(panel.at("/gridData/h").asInt() * 28 - 8);
  }

  @Test
  void shouldNotRepeatATitle() {
    assertThat(PackFiles.PACK.objects())
        .extracting(o -> o.type() + " " + o.attributes().path("title"))
        .doesNotHaveDuplicates();
  }

  private static int pixels(JsonNode panel) {
    return panel.at("/gridData/w").asInt() * PAGE / COLUMNS - 16;
  }

  private static int bottom(JsonNode grid) {
    return grid.path("y").asInt() + grid.path("h").asInt();
  }

  private static SavedObject shown(SavedObject page, JsonNode panel) {
    String name = panel.path("panelIndex").asText() + ":" + panel.path("panelRefName").asText();
    String key =
        page.references().stream()
            .filter(reference -> reference.name().equals(name))
            .map(SavedObject.Reference::key)
            .findFirst()
            .orElseThrow();
    return PackFiles.PACK.objects().stream()
        .filter(one -> one.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private static List<JsonNode> panels(SavedObject page) {
    return StreamSupport.stream(page.attributes().path("panelsJSON").spliterator(), false).toList();
  }
}
