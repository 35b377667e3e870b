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

  /** The stream within this one (CONNECT, SOCKS, WebSocket); null when there is none. */
  public TunnelFacts tunnel;

  /** The facts around these, which are of the stream within them; null for the flow itself. */
  public final FlowFacts outer;

  private final List<Object> facts = new ArrayList<>(1);
  private int revision;

  /** Facts of a flow. */
  public FlowFacts() {
    this(null);
  }

  /** Facts of the stream within the one that other facts are of; null for a flow. */
  FlowFacts(FlowFacts outer) {
    this.outer = outer;
  }

  /** How many streams these facts are within; 0 for the flow itself. */
  public int depth() {
    int depth = 0;
    for (FlowFacts facts = outer; facts != null; facts = facts.outer) {
      depth++;
    }
    return depth;
  }

  /** The facts of the stream that is within all others; this when there is none within. */
  public FlowFacts innermost() {
    FlowFacts facts = this;
    while (facts.tunnel != null) {
      facts = facts.tunnel.inner();
    }
    return facts;
  }

  /** The facts of the flow itself. */
  public FlowFacts outermost() {
    FlowFacts facts = this;
    while (facts.outer != null) {
      facts = facts.outer;
    }
    return facts;
  }

  /** The stream that these facts are of, with where it leads; null for the flow itself. */
  public TunnelFacts within() {
    return outer == null ? null : outer.tunnel;
  }

  /** The innermost tunnel around these facts of which the target is known; or null. */
  public TunnelFacts target() {
    FlowFacts facts = this;
    while (facts.outer != null && facts.within().targetPort() == 0) {
      facts = facts.outer;
    }
    return facts.within();
  }

  /** The facts of this type of the innermost stream that has some; null when none has. */
  public <T> T find(Class<T> type) {
    T within = tunnel == null ? null : tunnel.inner().find(type);
    return within != null ? within : get(type);
  }

  /** The application of the innermost stream that has one; null when none has. */
  public String findApplication() {
    String within = tunnel == null ? null : tunnel.inner().findApplication();
    return within != null ? within : application;
  }

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

  /** Of how many classes there are facts, those of streams within included. */
  int count() {
    return facts.size() + (tunnel == null ? 0 : 1 + tunnel.inner().count());
  }

  /** True when there are facts of one of these classes, also of a stream within. */
  boolean hasAny(Class<?>[] types) {
    for (int i = 0; i < facts.size(); i++) {
      Class<?> one = facts.get(i).getClass();
      for (Class<?> type : types) {
        if (one == type) {
          return true;
        }
      }
    }
    return tunnel != null && tunnel.inner().hasAny(types);
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
