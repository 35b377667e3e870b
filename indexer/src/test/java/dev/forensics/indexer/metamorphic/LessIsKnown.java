package dev.forensics.indexer.metamorphic;

import dev.forensics.indexer.capture.TestPacket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Bytes or packets are missing, so less is known of a conversation: some of its protocols and names
 * or nothing, and of its alarms what {@link AlarmsOfLess} says. Never another protocol. What only
 * looks like more:
 *
 * <ul>
 *   <li>Where neither a SYN nor the protocol tells the sides, the sender of the first packet is the
 *       client.
 *   <li>What is {@link Inner} to something is seen for itself.
 *   <li>The more packets are missing, the longer the silence that ends a flow.
 * </ul>
 *
 * @param alarms what of them stays
 * @param claimed ends of which a packet claims bytes that its frame did not have: they hide what
 *     comes in their place, while that packet is there
 */
record LessIsKnown(AlarmsOfLess alarms, Set<String> claimed) implements Statement {
  private static final Set<String> SIDES = Set.of("http", "tls", "ssh", "smtp", "ftp");

  /** A question to a server or a group of hosts; between equals, both ask. */
  private static final Pattern DNS_ENDS = Pattern.compile("17 .* (53|5355)( - .*)?");

  /**
   * What may be lost.
   *
   * @param left the traffic without what is missing
   */
  static Statement of(Traffic whole, Traffic left) {
    return new LessIsKnown(
        new AlarmsOfLess(new HttpLines(whole), new HttpLines(left)), claimed(whole));
  }

  /** Ends with an IP packet that is longer than its frame was. */
  private static Set<String> claimed(Traffic whole) {
    Set<String> claimed = new HashSet<>();
    Decoded decoded = new Decoded();
    for (TestPacket packet : whole.packets()) {
      if (Frames.isIp(packet) && !Frames.fits(packet)) {
        decoded.decode(packet);
        claimed.add(decoded.ends());
      }
    }
    return claimed;
  }

  @Override
  public boolean allows(Change change) {
    if (change.isAdded() || claimed.contains(change.about())) {
      return !change.isAdded();
    }
    if (change.isGone()) {
      return alarms.mayBeGone(change);
    }
    if (AlarmsOfLess.isAbout(change)) {
      return alarms.allows(change);
    }
    return change.after() == null || isKnown(change);
  }

  private static boolean isKnown(Change change) {
    return switch (change.field()) {
      case "flows" -> true;
      case "clients" -> !isToldByEachPacket(change);
      default -> isPart(change) || Inner.isSeen(change);
    };
  }

  private static boolean isToldByEachPacket(Change change) {
    String protocol = change.is().getOrDefault("protocols", "none");
    return SIDES.contains(protocol)
        || (protocol.equals("dns") && DNS_ENDS.matcher(change.about()).matches());
  }

  private static boolean isPart(Change change) {
    return change.before() != null
        && List.of(change.before().split(", ")).containsAll(List.of(change.after().split(", ")));
  }
}
