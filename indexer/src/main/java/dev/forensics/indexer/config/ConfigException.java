package dev.forensics.indexer.config;

import java.util.List;

/** A configuration cannot be used; carries every fault found, each with its line and key. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  /** All faults of one configuration, in the order of its lines. */
  public ConfigException(String source, List<String> faults) {
    super(source + ": " + String.join("\n" + source + ": ", faults));
    this.faults = List.copyOf(faults);
  }

  /** Each fault as "line N: key: problem". */
  public List<String> faults() {
    return faults;
  }
}
