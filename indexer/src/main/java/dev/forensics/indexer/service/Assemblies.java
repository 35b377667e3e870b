package dev.forensics.indexer.service;

import dev.forensics.indexer.config.IndexerConfig;
import dev.forensics.indexer.config.MemoryPlan;
import dev.forensics.indexer.detect.DetectionRule;
import dev.forensics.indexer.detect.Rules;
import dev.forensics.indexer.detect.StateSeal;
import dev.forensics.indexer.detect.Suppression;
import dev.forensics.indexer.detect.user.Suppressions;
import dev.forensics.indexer.detect.user.UserRules;
import dev.forensics.indexer.enrich.Attribution;
import dev.forensics.indexer.enrich.GeoDatabases;
import dev.forensics.indexer.enrich.Geography;
import dev.forensics.indexer.enrich.PrefixFile;
import dev.forensics.indexer.enrich.PrefixTable;
import dev.forensics.indexer.enrich.Registration;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.pipeline.SensorAssembly;
import dev.forensics.indexer.pipeline.SensorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Puts a sensor's parts together from the configuration. */
public final class Assemblies {
  private Assemblies() {}

  /** A sensor that is not in the configuration, for one-shot runs. */
  public static SensorAssembly oneShot(IndexerConfig config, String sensor, int workers)
      throws IOException {
    MemoryPlan plan = MemoryPlan.ofThisProcess(1);
    SensorSettings settings =
        new SensorSettings(
            sensor,
            workers,
            plan.fitted(FlowSettings.defaults()),
            config.detection().settings(),
            config.tunnelPorts(),
            plan.share());
    return of(config, settings, StateSeal.ofThisProcess());
  }

  /** A sensor with these settings, whose state outlives the process. */
  public static SensorAssembly of(IndexerConfig config, SensorSettings settings)
      throws IOException {
    return of(config, settings, StateKey.seal(config.state(), config.payload().key()));
  }

  private static SensorAssembly of(IndexerConfig config, SensorSettings settings, StateSeal seal)
      throws IOException {
    PrefixTable prefixes = registrations(config.enrich().prefixLists());
    List<DetectionRule> own = ownRules(config, prefixes);
    List<DetectionRule> rules = new ArrayList<>(Rules.builtIn(settings.detection(), prefixes));
    rules.addAll(own);
    return new SensorAssembly(
        settings,
        rules,
        suppression(config, own, prefixes),
        prefixes,
        geography(config),
        config.http().url(),
        config.payload(),
        seal,
        InstantSource.system());
  }

  private static List<DetectionRule> ownRules(IndexerConfig config, Attribution attribution)
      throws IOException {
    Path file = config.detection().rules();
    return file == null ? List.of() : UserRules.load(file).rules(attribution);
  }

  private static Suppression suppression(
      IndexerConfig config, List<DetectionRule> own, Attribution attribution) throws IOException {
    Path file = config.detection().suppressions();
    if (file == null) {
      return Suppression.NONE;
    }
    Set<String> known = new HashSet<>(Rules.ids());
    own.forEach(rule -> known.add(rule.info().id()));
    return Suppressions.load(file, known).with(attribution);
  }

  /** The databases that the configuration names; open until the process ends. */
  private static Geography geography(IndexerConfig config) throws IOException {
    List<Path> files =
        Stream.of(config.enrich().asnDatabase(), config.enrich().cityDatabase())
            .filter(Objects::nonNull)
            .toList();
    return files.isEmpty() ? Geography.NONE : GeoDatabases.open(files);
  }

  /** The built-in prefixes and the user's own; of equal prefixes the user's wins. */
  private static PrefixTable registrations(List<Path> lists) throws IOException {
    List<Registration> all = new ArrayList<>(PrefixFile.builtIn());
    for (Path list : lists) {
      all.addAll(PrefixFile.load(list));
    }
    return PrefixTable.of(all);
  }
}
