package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.PacketRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One flow of a {@link PacketCopy}: what is wanted, where it goes, how much of it was found. */
final class FlowCopy {
  private static final int CAPTURES_NAMED = 5;

  private final FlowSelection selection;
  private final List<Part> parts;
  private final List<PacketTarget> targets = new ArrayList<>();
  private final List<FoundPart> found = new ArrayList<>();
  private final List<String> gone = new ArrayList<>();
  private boolean isSearched;
  private boolean isRangeGone;
  private long packets;
  private long missing;

  FlowCopy(FlowSelection selection) {
    this.selection = selection;
    parts = selection.parts();
    missing = selection.nowhere();
  }

  FlowSelection selection() {
    return selection;
  }

  List<Part> parts() {
    return parts;
  }

  /** Adds somebody who gets the packets. */
  void to(PacketTarget target) {
    targets.add(target);
  }

  /** A part, or some of it, in a file that has it. */
  void found(FoundPart part) {
    found.add(part);
  }

  /** What was found. */
  List<FoundPart> found() {
    return found;
  }

  /** A capture that is nowhere; other captures may have the same beginning. */
  void captureIsGone(Part part) {
    partIsGone(part);
    gone.add(part.capture().id().value());
  }

  /** Records that are nowhere, though others of the same capture were found. */
  void partIsGone(Part part) {
    missing += part.positions().length;
    isRangeGone |= !part.spans().isEmpty();
  }

  /** True the first time: its records are to be looked for. */
  boolean wantsSearch() {
    boolean isFirst = !isSearched;
    isSearched = true;
    return isFirst;
  }

  /** Packets that could not be read, and why. */
  void lost(long count, String why) {
    missing += count;
    targets.forEach(target -> target.note(why));
  }

  void write(PacketRecord record) throws IOException {
    packets++;
    for (PacketTarget target : targets) {
      target.write(record);
    }
  }

  /** Captures of which nothing was found. */
  List<String> gone() {
    return gone;
  }

  CopyCounts counts() {
    return new CopyCounts(packets, missing);
  }

  /** True when nothing of it can be had. */
  boolean isGone() {
    return gone.size() == parts.size();
  }

  /** What is known to be missing before the first packet is read; empty when nothing is. */
  String missingText() {
    List<String> texts = new ArrayList<>();
    if (missing > 0 || isRangeGone) {
      String range = isRangeGone ? " and more that were not listed one by one" : "";
      texts.add(missing + " packets" + range + " cannot be had any more" + goneCaptures());
    }
    if (selection.hasGap()) {
      texts.add("the flow went on in captures that its document does not name");
    }
    if (selection.goesOn()) {
      texts.add("the flow went on behind these packets, as far as is known by now");
    }
    return String.join("; ", texts);
  }

  private String goneCaptures() {
    if (gone.isEmpty()) {
      return "";
    }
    String named = String.join(", ", gone.stream().limit(CAPTURES_NAMED).toList());
    int others = gone.size() - CAPTURES_NAMED;
    return ": gone with capture " + named + (others > 0 ? " and " + others + " others" : "");
  }
}
