package dev.forensics.indexer.metamorphic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same traffic gives the same documents, however it was captured, stored and read.
 *
 * <p>{@code -Dmetamorphic.all=true} applies every transform to everything, {@code
 * -Dmetamorphic.seed} chooses otherwise. What fails is made smaller and lies in {@code
 * target/metamorphic}.
 */
class MetamorphicTest {
  private static final boolean ALL = Boolean.getBoolean("metamorphic.all");
  private static final long SEED = Long.getLong("metamorphic.seed", 20_261_130L);
  private static final Path REDUCED = Path.of("target/metamorphic");

  /** More packets than that take part with a few transforms only, or in the whole run. */
  private static final int LARGE = 1_000;

  private static final int OF_LARGE = 6;
  private static final int OF_SHARED = 150;
  private static final int PAIRS = 60;
  private static final int SHOWN = 12;

  @TempDir static Path folder;

  @Test
  void shouldNameEveryTransformOnce() {
    List<String> names = Transforms.all().stream().map(Transform::name).toList();

    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(60);
  }

  @TestFactory
  Stream<DynamicTest> shouldHoldForSamples() throws Exception {
    Random random = new Random(SEED);
    return Sources.samples().stream()
        .map(
            traffic ->
                DynamicTest.dynamicTest(
                    traffic.name(), () -> check(traffic, chosen(traffic, random))));
  }

  private static List<Transform> chosen(Traffic traffic, Random random) {
    List<Transform> all = new ArrayList<>(Transforms.all());
    if (ALL || traffic.packets().size() <= LARGE) {
      return all;
    }
    Collections.shuffle(all, random);
    return all.subList(0, OF_LARGE);
  }

  @TestFactory
  Stream<DynamicTest> shouldHoldForSharedCaptures() throws Exception {
    assumeTrue(Files.isDirectory(Sources.SHARED), "needs shared/captures beside the project");
    return ALL
        ? Sources.shared().stream().map(name -> shared(name, Transforms.all()))
        : some(OF_SHARED).map(pair -> shared(pair.capture(), List.of(pair.transform())));
  }

  private record Pair(String capture, Transform transform) {}

  private static Stream<Pair> some(int count) throws Exception {
    List<String> captures = Sources.shared();
    List<Transform> transforms = Transforms.all();
    Random random = new Random(SEED);
    Set<Pair> pairs = new HashSet<>();
    return Stream.generate(
            () ->
                new Pair(
                    captures.get(random.nextInt(captures.size())),
                    transforms.get(random.nextInt(transforms.size()))))
        .filter(pairs::add)
        .limit(count);
  }

  private DynamicTest shared(String name, List<Transform> transforms) {
    String what = transforms.size() == 1 ? name + " " + transforms.get(0).name() : name;
    return DynamicTest.dynamicTest(
        what,
        () -> {
          Traffic traffic = Sources.shared(name);
          assumeTrue(!traffic.isEmpty(), "holds no packet");
          assumeTrue(ALL || traffic.packets().size() <= LARGE, "takes part in the whole run");
          check(traffic, transforms);
        });
  }

  /** One transform after the other: the second has to hold for what the first made, too. */
  @TestFactory
  Stream<DynamicTest> shouldHoldForTransformedTraffic() throws Exception {
    List<Traffic> samples =
        Sources.samples().stream().filter(one -> one.packets().size() <= LARGE).toList();
    List<Transform> all = Transforms.all();
    SplittableRandom random = new SplittableRandom(SEED);
    return Stream.generate(() -> random.split())
        .limit(ALL ? PAIRS * 100 : PAIRS)
        .map(
            one -> {
              Traffic traffic = samples.get(one.nextInt(samples.size()));
              Transform first = all.get(one.nextInt(all.size()));
              Transform second = all.get(one.nextInt(all.size()));
              String name = traffic + " " + first.name() + ", " + second.name();
              return DynamicTest.dynamicTest(name, () -> checkBoth(traffic, first, second, one));
            });
  }

  private void checkBoth(Traffic traffic, Transform first, Transform second, SplittableRandom by)
      throws Exception {
    Optional<Variant> variant = first.of(traffic, by);
    assumeTrue(variant.isPresent(), "the first has no meaning here");
    check(variant.get().traffic(), List.of(second));
  }

  private void check(Traffic traffic, List<Transform> transforms) throws Exception {
    Relation relation = new Relation(folder);
    Documents before = relation.plain(traffic);
    List<String> faults = new ArrayList<>();
    for (Transform transform : transforms) {
      List<Change> changes = relation.broken(traffic, before, transform, SEED);
      if (!changes.isEmpty()) {
        faults.add(report(relation, traffic, transform, changes));
      }
    }
    if (!faults.isEmpty()) {
      fail(String.join("\n", faults));
    }
  }

  private static String report(
      Relation relation, Traffic traffic, Transform transform, List<Change> changes)
      throws Exception {
    Traffic small =
        new Reduction(
                fewer -> !relation.broken(fewer, relation.plain(fewer), transform, SEED).isEmpty())
            .of(traffic);
    String name = (traffic.name() + " " + transform.name()).replaceAll("[^A-Za-z0-9.]+", "-");
    Files.createDirectories(REDUCED);
    Path file = REDUCED.resolve(name.substring(Math.max(0, name.length() - 200)) + ".pcapng");
    Files.write(file, Storing.pcapng(small.packets()));
    StringBuilder text = new StringBuilder();
    text.append("%s, %s, seed %d: ".formatted(traffic.name(), transform.name(), SEED));
    text.append(
        "%d differences; %s has %d packets of %d"
            .formatted(changes.size(), file, small.packets().size(), traffic.packets().size()));
    changes.stream().limit(SHOWN).forEach(change -> text.append("\n  ").append(change));
    return text.toString();
  }
}
