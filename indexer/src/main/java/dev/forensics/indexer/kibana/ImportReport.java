package dev.forensics.indexer.kibana;

import java.util.List;

/**
 * What became of an import.
 *
 * @param imported objects that Kibana took
 * @param faults one for each object that it did not take
 */
public record ImportReport(int imported, List<Fault> faults) {
  /** Keeps a copy of the faults. */
  public ImportReport {
    faults = List.copyOf(faults);
  }

  /** Whether every object was taken. */
  public boolean isComplete() {
    return faults.isEmpty();
  }

  /**
   * An object that was not taken.
   *
   * @param type of the object
   * @param id of the object
   * @param title of the object, empty when Kibana does not say
   * @param reason in words
   */
  public record Fault(String type, String id, String title, String reason) {
    @Override
    public String toString() {
      return type + ":" + id + (title.isEmpty() ? "" : " (" + title + ")") + ": " + reason;
    }
  }
}
