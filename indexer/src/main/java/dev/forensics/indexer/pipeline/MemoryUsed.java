package dev.forensics.indexer.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * What a sensor's state takes in memory, by kind, beside what it may take. The figures are those of
 * the rooms, which charge what they keep; docs/operations.md lists the kinds by these names. Filled
 * before the sensor's threads start; read by anybody, who sees recent figures.
 */
public final class MemoryUsed {
  /** Open flows, with all that is known of them and waits in their streams. */
  static final String FLOWS = "flows";

  /** The part of flows that parsers keep of their content. */
  static final String FACTS = "facts";

  /** The part of flows that waits in TCP streams for segments before it. */
  static final String REASSEMBLY = "reassembly";

  /** Names of addresses. */
  static final String NAMES = "names";

  /** Names that newer ones replaced. */
  static final String REPLACED_NAMES = "replaced_names";

  /** Fragments whose datagram is not complete. */
  static final String FRAGMENTS = "fragments";

  /** Texts of documents that wait for others. */
  static final String FINDINGS = "findings";

  /** Destinations and rules that had an alarm. */
  static final String FIRST_ALARMS = "first_alarms";

  /** Blocks of captures, between the reading thread and the workers. */
  static final String PACKETS = "packets";

  private final List<Owner> owners = new ArrayList<>();

  private static final class Owner {
    final String kind;
    final LongSupplier bytes;
    final long limit;
    volatile long peak;

    Owner(String kind, LongSupplier bytes, long limit) {
      this.kind = kind;
      this.bytes = bytes;
      this.limit = limit;
    }

    MemoryUse look() {
      long now = bytes.getAsLong();
      peak = Math.max(peak, now);
      return new MemoryUse(now, peak, limit);
    }
  }

  /**
   * Adds an owner; several of one kind add up.
   *
   * @param bytes what it keeps now, roughly
   * @param limit what it may keep
   */
  void add(String kind, LongSupplier bytes, long limit) {
    owners.add(new Owner(kind, bytes, limit));
  }

  /** Notes peaks. Called once a batch by the thread that is done with it last. */
  void sample() {
    owners.forEach(Owner::look);
  }

  /** All kinds by name. */
  public SortedMap<String, MemoryUse> byKind() {
    SortedMap<String, MemoryUse> uses = new TreeMap<>();
    for (Owner owner : owners) {
      uses.merge(owner.kind, owner.look(), MemoryUse::plus);
    }
    return uses;
  }
}
