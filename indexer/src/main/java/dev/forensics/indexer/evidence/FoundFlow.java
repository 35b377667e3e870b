package dev.forensics.indexer.evidence;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is known of one flow that somebody asked for. */
final class FoundFlow {
  private final FlowSelection selection;
  private final Set<String> comments = new LinkedHashSet<>();
  private final boolean isWhole;
  private EvidenceFile evidence;
  private FlowCopy copy;

  /**
   * @param selection from the documents; empty when there are none (any more)
   * @param isWhole false for one segment of it
   */
  FoundFlow(FlowSelection selection, boolean isWhole) {
    this.selection = selection;
    this.isWhole = isWhole;
  }

  FlowSelection selection() {
    return selection;
  }

  /** False for one segment of it. */
  boolean isWhole() {
    return isWhole;
  }

  /** Another id that was asked for, in words. */
  void comment(String comment) {
    comments.add(comment);
  }

  String comments() {
    return String.join("\n", comments);
  }

  /** Stored packets of the flow; those with most packets count. */
  void evidence(EvidenceFile file) {
    if (evidence == null || file.label().packets() > evidence.label().packets()) {
      evidence = file;
    }
  }

  Optional<EvidenceFile> evidence() {
    return Optional.ofNullable(evidence);
  }

  FlowCopy copy() {
    return copy;
  }

  /**
   * Decides between the stored packets and the captures: whichever has more of the flow, the stored
   * ones when they have all of it.
   */
  void choose(CaptureLocator locator) throws IOException, InterruptedException {
    if (evidence != null && (selection.parts().isEmpty() || isAllStored())) {
      return;
    }
    copy = new FlowCopy(selection);
    try {
      PacketCopy.prepare(List.of(copy), locator);
    } catch (IOException e) {
      if (evidence == null) {
        throw e;
      }
      copy = null;
      return;
    }
    if (evidence != null && !hasMoreInCaptures()) {
      copy = null;
    }
  }

  private boolean isAllStored() {
    EvidenceLabel label = evidence.label();
    return isWhole
        && label.missing() == 0
        && label.packets() >= selection.listed()
        && (label.isFinal() || !selection.hasRanges());
  }

  private boolean hasMoreInCaptures() {
    if (copy.isGone()) {
      return false;
    }
    long there = selection.listed() - copy.counts().missing();
    boolean moreThanListed = selection.hasRanges() && copy.counts().missing() == 0;
    return !isWhole || moreThanListed || there > evidence.label().packets();
  }

  /** True when the stored packets are taken, and the flow had ended when they were stored. */
  boolean isStoredToItsEnd() {
    return copy == null && evidence != null && evidence.label().isFinal();
  }

  /** True when there is nothing to be had. */
  boolean isGone() {
    return copy != null && copy.isGone();
  }
}
