package dev.forensics.indexer.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.forensics.indexer.enrich.Attribution;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A protocol or a rule that was written but is in no list would never run. */
class ListsTest {
  private static final String ROOM = "dev.forensics.indexer.detect";

  @Test
  void shouldListEveryProtocol() {
    assertThat(names(Protocols.all())).containsExactlyInAnyOrderElementsOf(of(Protocol.class, ""));
  }

  @Test
  void shouldListEveryRule() {
    List<DetectionRule> rules = Rules.builtIn(DetectionSettings.defaults(), Attribution.NONE);
    assertThat(names(rules)).containsExactlyInAnyOrderElementsOf(of(DetectionRule.class, ".rule"));
    assertThat(rules.stream().map(rule -> rule.info().id())).doesNotHaveDuplicates();
  }

  @Test
  void shouldNameEachProtocolOnce() {
    assertThat(Protocols.all().stream().map(Protocol::name)).doesNotHaveDuplicates();
  }

  private static List<String> names(List<?> members) {
    return members.stream().map(member -> member.getClass().getName()).toList();
  }

  private static Set<String> of(Class<?> type, String room) {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOM + room)
            .stream()
            .filter(member -> member.isAssignableTo(type) && isConcrete(member))
            .map(JavaClass::getName)
            .collect(Collectors.toSet());
  }

  private static boolean isConcrete(JavaClass member) {
    return !member.isInterface()
        && !member.getModifiers().contains(JavaModifier.ABSTRACT)
        && !member.isNestedClass();
  }
}
