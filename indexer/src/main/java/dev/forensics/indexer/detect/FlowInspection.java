package dev.forensics.indexer.detect;

import dev.forensics.indexer.flow.Flow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What {@link Inspection} knows of one flow that has payload. */
final class FlowInspection {
  final Flow flow;
  final Dialogue dialogue;
  List<Verdict> verdicts = List.of();
  int revision;
  boolean deadlinePassed;
  private BitSet fired;
  private int[] chosen;
  private byte chosenBy = -1;

  FlowInspection(Flow flow, Dialogue dialogue) {
    this.flow = flow;
    this.dialogue = dialogue;
  }

  /** The rules that have fired, by number; null when none. */
  BitSet fired() {
    return fired;
  }

  void restoreFired(BitSet rules) {
    fired = rules;
  }

  /** The numbers of the rules to ask. */
  int[] rules(RuleChoice choice) {
    FlowFacts facts = dialogue.facts();
    if (chosenBy != facts.count()) {
      chosen = choice.of(facts);
      chosenBy = (byte) facts.count();
    }
    return chosen;
  }

  /** The facts are others than before. */
  void chooseAgain() {
    chosenBy = -1;
  }

  boolean hasFired(int rule) {
    return fired != null && fired.get(rule);
  }

  void fire(int rule, Verdict verdict) {
    if (fired == null) {
      fired = new BitSet();
      verdicts = new ArrayList<>(2);
    }
    fired.set(rule);
    verdicts.add(verdict);
  }
}
