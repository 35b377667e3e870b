package dev.forensics.indexer.enrich;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names of addresses, as DNS answers in the sensor's captures gave them. Bounded: past the capacity
 * the address learned first is forgotten. Asked with a packet time and answered from what was said
 * until then, so the order in which flows end does not matter. Thread-safe.
 */
public final class Names {
  /** Addresses kept by default. */
  public static final int DEFAULT_CAPACITY = 65_536;

  private static final int NAMES_PER_ADDRESS = 4;
  private static final float LOAD_FACTOR = 0.75f;

  private final Map<Address, Answers> answers;
  private final int capacity;
  private long forgotten;

  /** Names of at most {@link #DEFAULT_CAPACITY} addresses. */
  public Names() {
    this(DEFAULT_CAPACITY);
  }

  /** Names of at most so many addresses. */
  public Names(int capacity) {
    this.capacity = capacity;
    answers = new LinkedHashMap<>(16, LOAD_FACTOR);
  }

  /**
   * Remembers an answer.
   *
   * @param ipVersion 4 or 6
   * @param high high 64 bits of the address; 0 for IPv4
   * @param low low 64 bits of the address
   * @param name the name asked for, without the final dot; already bounded
   * @param timestampNanos packet time of the answer
   */
  public synchronized void learn(
      int ipVersion, long high, long low, String name, long timestampNanos) {
    Address address = new Address(ipVersion, high, low);
    Answers known = answers.get(address);
    if (known == null) {
      makeRoom();
      known = new Answers();
      answers.put(address, known);
    }
    known.add(name, timestampNanos);
  }

  /**
   * The name that the latest answer until a time gave to an address.
   *
   * @param timestampNanos packet time; later answers do not count
   * @return the name, or null when none is known
   */
  public synchronized String lookup(int ipVersion, long high, long low, long timestampNanos) {
    if (answers.isEmpty()) {
      return null;
    }
    Answers known = answers.get(new Address(ipVersion, high, low));
    return known == null ? null : known.until(timestampNanos);
  }

  /** Addresses forgotten since the capacity was reached. */
  public synchronized long forgotten() {
    return forgotten;
  }

  private void makeRoom() {
    if (answers.size() >= capacity) {
      answers.remove(answers.keySet().iterator().next());
      forgotten++;
    }
  }

  private record Address(int ipVersion, long high, long low) {}

  /** The last few answers about one address, latest first. */
  private static final class Answers {
    private final String[] names = new String[NAMES_PER_ADDRESS];
    private final long[] times = new long[NAMES_PER_ADDRESS];
    private int count;

    void add(String name, long timestampNanos) {
      int at = 0;
      while (at < count && times[at] > timestampNanos) {
        at++;
      }
      if (at < count && names[at].equals(name)) {
        return; // said before: the earlier answer holds on
      }
      if (at > 0 && names[at - 1].equals(name)) {
        times[at - 1] = timestampNanos;
      } else if (at < NAMES_PER_ADDRESS) {
        insert(at, name, timestampNanos);
      }
    }

    String until(long timestampNanos) {
      for (int i = 0; i < count; i++) {
        if (times[i] <= timestampNanos) {
          return names[i];
        }
      }
      return null;
    }

    private void insert(int at, String name, long timestampNanos) {
      count = Math.min(count + 1, NAMES_PER_ADDRESS);
      for (int i = count - 1; i > at; i--) {
        names[i] = names[i - 1];
        times[i] = times[i - 1];
      }
      names[at] = name;
      times[at] = timestampNanos;
    }
  }
}
