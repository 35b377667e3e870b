package dev.forensics.indexer.detect.user;

import java.io.IOException;
import java.util.List;

/** A file of rules or suppressions has faults; all of them are told. */
public final class DefinitionException extends IOException {
  private final List<String> faults;

  DefinitionException(String source, List<String> faults) {
    super(source + ": " + String.join("; ", faults));
    this.faults = List.copyOf(faults);
  }

  /** One line a fault, beginning with its line number where it has one. */
  public List<String> faults() {
    return faults;
  }
}
