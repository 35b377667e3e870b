package dev.forensics.indexer.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The data goes one way: a room imports only the rooms that are listed for it here. */
class ArchitectureTest {
  private static final String ROOT = "dev.forensics.indexer";

  private static final Map<String, Set<String>> ROOMS = new LinkedHashMap<>();

  static {
    ROOMS.put("capture", Set.of());
    ROOMS.put("decode", Set.of("capture"));
    ROOMS.put("flow", Set.of("decode"));
    ROOMS.put("enrich", Set.of());
    ROOMS.put("detect", Set.of("decode", "flow", "enrich"));
    ROOMS.put("document", Set.of("capture", "decode", "flow", "enrich", "detect"));
    ROOMS.put("index", Set.of("capture", "enrich", "document"));
    ROOMS.put("evidence", Set.of("capture", "decode", "document", "index"));
    ROOMS.put(
        "pipeline", Set.of("capture", "decode", "flow", "enrich", "detect", "document", "index"));
    ROOMS.put("schedule", Set.of());
    ROOMS.put("live", Set.of());
    ROOMS.put(
        "follow", Set.of("capture", "decode", "flow", "document", "index", "pipeline", "schedule"));
    ROOMS.put("serve", Set.of("capture", "flow", "document", "index", "evidence", "pipeline"));
    ROOMS.put("kibana", Set.of());
    ROOMS.put(
        "config",
        Set.of(
            "decode",
            "flow",
            "enrich",
            "detect",
            "document",
            "index",
            "pipeline",
            "schedule",
            "serve"));
    ROOMS.put(
        "service",
        Set.of(
            "capture",
            "flow",
            "enrich",
            "detect",
            "document",
            "index",
            "evidence",
            "pipeline",
            "schedule",
            "follow",
            "serve",
            "config"));
    ROOMS.put("cli", ROOMS.keySet());
  }

  private static JavaClasses classes;

  @BeforeAll
  static void readClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
  }

  @TestFactory
  List<DynamicTest> shouldImportOnlyTheRoomsBefore() {
    return ROOMS.keySet().stream()
        .map(room -> DynamicTest.dynamicTest(room, () -> onlyListedRooms(room).check(classes)))
        .toList();
  }

  @Test
  void shouldListEveryRoom() {
    Set<String> found = new TreeSet<>();
    for (JavaClass one : classes) {
      String rest = one.getPackageName().substring(ROOT.length());
      if (!rest.isEmpty()) {
        found.add(rest.substring(1).replaceAll("\\..*", ""));
      }
    }
    assertThat(ROOMS.keySet()).containsAll(found);
  }

  @Test
  void shouldHaveNoRoomForLeftOvers() {
    assertThat(classes)
        .allSatisfy(
            one ->
                assertThat(one.getPackageName())
                    .doesNotMatch(".*\\.(util|common|helper|manager|impl)(\\..*)?"));
  }

  @Test
  void shouldEndTheProcessOnlyInItsMain() {
    noClasses()
        .that()
        .doNotHaveSimpleName("IndexerMain")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(classes);
  }

  private static ArchRule onlyListedRooms(String room) {
    String[] forbidden =
        ROOMS.keySet().stream()
            .filter(other -> !other.equals(room) && !ROOMS.get(room).contains(other))
            .map(other -> ROOT + "." + other + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(ROOT + "." + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .allowEmptyShould(true);
  }
}
