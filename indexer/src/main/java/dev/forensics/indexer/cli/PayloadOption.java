package dev.forensics.indexer.cli;

import dev.forensics.indexer.config.IndexerConfig;
import dev.forensics.indexer.document.PayloadSettings;
import picocli.CommandLine.Option;

/** How a one-time run shows bytes that no protocol explains. */
final class PayloadOption {
  /** What the configuration's key "payload" may say. */
  enum Payload {
    masked,
    full
  }

  @Option(
      names = "--payload",
      paramLabel = "masked|full",
      description = {
        "How first bytes and bodies are shown that no protocol explains: their structure and",
        "measures, or also as text and hex, secrets included. Default: the configuration's",
        "payload, masked."
      })
  private Payload payload;

  /** The configuration with what the command line says. */
  IndexerConfig in(IndexerConfig config) {
    return payload == null
        ? config
        : config.withPayload(new PayloadSettings(payload == Payload.full, config.payload().key()));
  }
}
