package dev.forensics.indexer.detect;

import java.util.ArrayList;
import java.util.List;

/** What the parsers learned about one flow: the protocol of each side and each protocol's facts. */
public final class FlowFacts {
  /** Protocol identified in the bytes of the originator; null when none (yet). */
  public String originatorProtocol;

  /** Protocol identified in the bytes of the responder; null when none (yet). */
  public String responderProtocol;

  /** What is known of originator bytes that no protocol knows; null while that is open. */
  public UnknownBytes originatorUnknown;

  /** What is known of responder bytes that no protocol knows; null while that is open. */
  public UnknownBytes responderUnknown;

  /** The application above the protocol (ECS network.application), such as "telegram"; or null. */
  public String application;

  /**
   * How many tunnels (CONNECT, SOCKS) within the flow these facts are in; 0 for the flow itself.
   */
  public int tunnelDepth;

  private final List<Object> facts = new ArrayList<>(1);
  private int revision;

  /** Adds a protocol's facts; there is at most one of each type. */
  public <T> T add(T protocolFacts) {
    facts.add(protocolFacts);
    revision++;
    return protocolFacts;
  }

  /** Adds facts in the place of those of the same type. */
  public void put(Object newer) {
    facts.removeIf(old -> old.getClass() == newer.getClass());
    add(newer);
  }

  /** The facts of exactly this class, or null when that protocol was not seen. */
  @SuppressWarnings("unchecked") // an instance of that class
  public <T> T get(Class<T> type) {
    for (int i = 0; i < facts.size(); i++) {
      Object one = facts.get(i);
      if (one.getClass() == type) { // far quicker than isInstance without the optimizing compiler
        return (T) one;
      }
    }
    return null;
  }

  /** Of how many classes there are facts. */
  int count() {
    return facts.size();
  }

  /** True when there are facts of one of these classes. */
  boolean hasAny(Class<?>[] types) {
    for (int i = 0; i < facts.size(); i++) {
      Class<?> one = facts.get(i).getClass();
      for (Class<?> type : types) {
        if (one == type) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * A parser calls it when it learned something that a rule may look at. Rules are asked only after
   * it, so that the bytes of a long transfer cost them nothing.
   */
  public void changed() {
    revision++;
  }

  /** Grows with each {@link #changed} and {@link #add}. */
  public int revision() {
    return revision;
  }

  /**
   * The flow's protocol (ECS network.protocol): the originator's, else the responder's, else null.
   */
  public String protocol() {
    return originatorProtocol != null ? originatorProtocol : responderProtocol;
  }
}
