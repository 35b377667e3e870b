package dev.forensics.indexer.detect;

import java.util.ArrayList;
import java.util.List;

/** What the parsers learned about one flow: the protocol of each side and each protocol's facts. */
public final class FlowFacts {
  /** Protocol identified in the bytes of the originator; null when none (yet). */
  public String originatorProtocol;

  /** Protocol identified in the bytes of the responder; null when none (yet). */
  public String responderProtocol;

  /** The application above the protocol (ECS network.application), such as "telegram"; or null. */
  public String application;

  private final List<Object> facts = new ArrayList<>(1);

  /** Adds a protocol's facts; there is at most one of each type. */
  public <T> T add(T protocolFacts) {
    facts.add(protocolFacts);
    return protocolFacts;
  }

  /** The facts of this type, or null when that protocol was not seen. */
  public <T> T get(Class<T> type) {
    for (int i = 0; i < facts.size(); i++) {
      if (type.isInstance(facts.get(i))) {
        return type.cast(facts.get(i));
      }
    }
    return null;
  }

  /**
   * The flow's protocol (ECS network.protocol): the originator's, else the responder's, else null.
   */
  public String protocol() {
    return originatorProtocol != null ? originatorProtocol : responderProtocol;
  }
}
