package dev.forensics.indexer.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which rules may have something to say of a flow, by the kinds of facts that are known of it: most
 * rules look at one protocol, and most flows speak another.
 */
final class RuleChoice {
  /** More kinds of needs are not told apart. */
  private static final int MOST_NEEDS = 10;

  private final DetectionRule[] rules;

  /** Each of the different needs of the rules. */
  private final List<List<Class<?>>> needs = new ArrayList<>();

  private final Class<?>[][] types;

  /** The rules' numbers in order, by the set of needs that are met. */
  private final int[][] chosen;

  RuleChoice(DetectionRule[] rules) {
    this.rules = rules;
    for (DetectionRule rule : rules) {
      List<Class<?>> wanted = rule.needs();
      if (!wanted.isEmpty() && !needs.contains(wanted) && needs.size() < MOST_NEEDS) {
        needs.add(wanted);
      }
    }
    types = new Class<?>[needs.size()][];
    for (int i = 0; i < types.length; i++) {
      types[i] = needs.get(i).toArray(new Class<?>[0]);
    }
    chosen = new int[1 << types.length][];
  }

  /** The numbers of the rules to ask, in their order; not to be changed. */
  int[] of(FlowFacts facts) {
    int met = 0;
    for (int i = 0; i < types.length; i++) {
      if (facts.hasAny(types[i])) {
        met |= 1 << i;
      }
    }
    if (chosen[met] == null) {
      chosen[met] = rulesFor(met);
    }
    return chosen[met];
  }

  private int[] rulesFor(int met) {
    int[] numbers = new int[rules.length];
    int count = 0;
    for (int rule = 0; rule < rules.length; rule++) {
      int need = needs.indexOf(rules[rule].needs());
      if (need < 0 || (met >> need & 1) != 0) {
        numbers[count++] = rule;
      }
    }
    return Arrays.copyOf(numbers, count);
  }
}
