package dev.forensics.indexer.cli;

import dev.forensics.indexer.config.IndexerConfig;
import dev.forensics.indexer.enrich.Attribution;
import dev.forensics.indexer.enrich.Geography;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.pipeline.SensorAssembly;
import dev.forensics.indexer.pipeline.SensorSettings;
import java.io.IOException;
import java.time.InstantSource;

/** Puts a sensor's parts together from the configuration. */
final class Assemblies {
  private Assemblies() {}

  /** A sensor that is not in the configuration, for one-shot runs. */
  static SensorAssembly oneShot(IndexerConfig config, String sensor, int workers)
      throws IOException {
    SensorSettings settings =
        new SensorSettings(sensor, workers, FlowSettings.defaults(), config.detection().settings());
    return of(config, settings);
  }

  /** A sensor with these settings. */
  static SensorAssembly of(IndexerConfig config, SensorSettings settings) throws IOException {
    return new SensorAssembly(
        settings, Attribution.NONE, Geography.NONE, config.http().url(), InstantSource.system());
  }
}
