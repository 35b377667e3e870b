package dev.forensics.indexer.enrich;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names of addresses, as DNS answers in the sensor's captures gave them. An answer to the client
 * that asks comes before answers to others, the latest before earlier ones.
 *
 * <p>One thread learns while others, a little behind it, look up. So that they find the same
 * whoever is sooner, a look-up tells the place in the order of the sensor's packets as of which it
 * asks; what was replaced or forgotten since is kept until nobody can ask for it any more, see
 * {@link #settled}.
 *
 * <p>Bounded, in addresses, in answers of an address, and in bytes: past a bound the address that
 * was not learned for the longest time is forgotten. What was replaced has a bound of its own: the
 * learner asks {@link #isCrowded} and waits for the others. Thread-safe.
 */
public final class Names {
  /** Addresses kept by default. */
  public static final int DEFAULT_CAPACITY = 65_536;

  /** Memory of an address, and of an answer beside its text, in bytes. */
  static final int ADDRESS_CHARGE = 320;

  static final int ANSWER_CHARGE = 160;

  private static final int CLIENTS_PER_ADDRESS = 8;

  /** How many replaced answers may wait: a look-up at an address goes through all of its own. */
  private static final int MOST_PAST = 1 << 14;

  private static final long BEFORE_ALL_PACKETS = 0;

  private final Map<Address, Answers> answers = new HashMap<>();
  private final Set<Address> oldestFirst = new LinkedHashSet<>();
  private final ArrayDeque<Past> past = new ArrayDeque<>();
  private final int capacity;
  private final long byteLimit;
  private final long pastByteLimit;

  /** Memory of addresses and current answers, and of those that were replaced. */
  private long bytes;

  private long pastBytes;
  private long given;
  private long settled;
  private long forgotten;
  private volatile boolean learnedAny;

  /**
   * Names of at most so many addresses.
   *
   * @param byteLimit memory that they may take, in bytes, roughly
   * @param pastByteLimit the same for those that were replaced
   */
  public Names(int capacity, long byteLimit, long pastByteLimit) {
    this.capacity = capacity;
    this.byteLimit = byteLimit;
    this.pastByteLimit = pastByteLimit;
  }

  /**
   * An address.
   *
   * @param ipVersion 4 or 6
   * @param high high 64 bits; 0 for IPv4
   * @param low low 64 bits
   */
  public record Address(int ipVersion, long high, long low) implements Comparable<Address> {
    /** An order, so that a map stays quick though a sender chose addresses of one hash. */
    @Override
    public int compareTo(Address other) {
      int byHigh = Long.compare(high, other.high);
      int byLow = byHigh != 0 ? byHigh : Long.compare(low, other.low);
      return byLow != 0 ? byLow : Integer.compare(ipVersion, other.ipVersion);
    }
  }

  /**
   * Remembers an answer that was known before the first packet is read.
   *
   * @param client who was told; null when that is not known
   * @param name the name asked for, without the final dot; already bounded
   */
  public void learn(Address address, Address client, String name) {
    learn(address, client, name, BEFORE_ALL_PACKETS);
  }

  /**
   * Remembers an answer.
   *
   * @param client who was told; null when that is not known
   * @param name the name asked for, without the final dot; already bounded
   * @param ordinal of the packet that said so, from 1; not less than the one before
   */
  public synchronized void learn(Address address, Address client, String name, long ordinal) {
    learnedAny = true;
    dropSettled();
    Answers known = answers.computeIfAbsent(address, key -> new Answers());
    if (!oldestFirst.remove(address)) {
      bytes += ADDRESS_CHARGE;
    }
    oldestFirst.add(address);
    if (!known.holds(client, name)) {
      Answer replaced = known.replacedBy(client);
      if (replaced != null) {
        retire(address, known, replaced, ordinal);
      }
      known.live.add(new Answer(name, client, ordinal, given++));
      bytes += ANSWER_CHARGE + name.length();
      makeRoom(ordinal);
    }
  }

  /**
   * The name that an address had before a packet.
   *
   * @param client who wants to know; null for anybody
   * @param ordinal of the packet; what it and later ones say does not count
   * @return the name, or null when none is known
   */
  public String lookup(Address address, Address client, long ordinal) {
    return learnedAny ? find(address, client, ordinal) : null;
  }

  /** True while nothing was learned. */
  public boolean isEmpty() {
    return !learnedAny;
  }

  private synchronized String find(Address address, Address client, long ordinal) {
    Answers known = answers.get(address);
    return known == null ? null : known.before(ordinal, client);
  }

  /** From now on nobody asks as of this packet or one before it. */
  public synchronized void settled(long ordinal) {
    settled = Math.max(settled, ordinal);
  }

  /**
   * True when many replaced answers wait for those who may ask for them. The learner then waits
   * until everybody has come as far as it, and calls {@link #settled}; to be asked by the learner.
   */
  public synchronized boolean isCrowded() {
    return past.size() >= MOST_PAST || pastBytes >= pastByteLimit / 2; // one more packet fits
  }

  /** Memory that names take now, in bytes, roughly; those that were replaced included. */
  public synchronized long heldBytes() {
    return bytes + pastBytes;
  }

  /** Memory that current names take now, in bytes, roughly. */
  public synchronized long currentBytes() {
    return bytes;
  }

  /** Memory that replaced names take now, in bytes, roughly. */
  public synchronized long replacedBytes() {
    return pastBytes;
  }

  /** Addresses forgotten since a bound was reached. */
  public synchronized long forgotten() {
    return forgotten;
  }

  private void makeRoom(long ordinal) {
    while (oldestFirst.size() > capacity || bytes > byteLimit) {
      Iterator<Address> oldest = oldestFirst.iterator();
      Address address = oldest.next();
      oldest.remove();
      Answers known = answers.get(address);
      while (!known.live.isEmpty()) {
        retire(address, known, known.live.get(0), ordinal);
      }
      bytes -= ADDRESS_CHARGE;
      forgotten++;
    }
  }

  private void retire(Address address, Answers known, Answer answer, long ordinal) {
    known.live.remove(answer);
    known.past.add(answer);
    answer.until = ordinal;
    bytes -= ANSWER_CHARGE + answer.name.length();
    pastBytes += ADDRESS_CHARGE + ANSWER_CHARGE + answer.name.length();
    past.add(new Past(address, known));
  }

  private void dropSettled() {
    while (!past.isEmpty() && past.peek().answers.past.peek().until <= settled) {
      Past first = past.poll();
      Answer dropped = first.answers.past.poll();
      pastBytes -= ADDRESS_CHARGE + ANSWER_CHARGE + dropped.name.length();
      if (first.answers.isEmpty()) {
        answers.remove(first.address);
      }
    }
  }

  /** The oldest past answer of an address is the next to be dropped. */
  private record Past(Address address, Answers answers) {}

  /** A name that a client was told, by the packet "since"; it counts up to the packet "until". */
  private static final class Answer {
    final String name;
    final Address client;
    final long since;
    final long number;
    long until = Long.MAX_VALUE;

    Answer(String name, Address client, long since, long number) {
      this.name = name;
      this.client = client;
      this.since = since;
      this.number = number;
    }

    boolean isFor(Address asking) {
      return client != null && client.equals(asking);
    }
  }

  /** What is known of one address; latest last. */
  private static final class Answers {
    final List<Answer> live = new ArrayList<>(1);
    final ArrayDeque<Answer> past = new ArrayDeque<>(0);

    boolean isEmpty() {
      return live.isEmpty() && past.isEmpty();
    }

    /** True when the latest answer says the same to the same client. */
    boolean holds(Address client, String name) {
      if (live.isEmpty()) {
        return false;
      }
      Answer latest = live.get(live.size() - 1);
      return latest.name.equals(name)
          && (client == null ? latest.client == null : latest.isFor(client));
    }

    /** The answer that goes for a new one to a client: its own, or the oldest of too many. */
    Answer replacedBy(Address client) {
      for (Answer answer : live) {
        if (client == null ? answer.client == null : answer.isFor(client)) {
          return answer;
        }
      }
      return live.size() < CLIENTS_PER_ADDRESS ? null : live.get(0);
    }

    String before(long ordinal, Address client) {
      Answer best = null;
      for (Answer answer : live) {
        best = better(best, answer, ordinal, client);
      }
      for (Answer answer : past) {
        best = better(best, answer, ordinal, client);
      }
      return best == null ? null : best.name;
    }

    private static Answer better(Answer best, Answer other, long ordinal, Address client) {
      if (other.since >= ordinal || other.until < ordinal) {
        return best;
      }
      if (best == null || best.isFor(client) == other.isFor(client)) {
        return best == null || other.number > best.number ? other : best;
      }
      return other.isFor(client) ? other : best;
    }
  }
}
