package dev.forensics.indexer.detect.user;

import java.util.List;
import java.util.function.Function;

/**
 * A field that conditions can name.
 *
 * @param name as in docs/fields.md
 * @param type what its values are
 * @param meaning in a few words, with the unit
 * @param values its values in a flow: one, several (a condition holds when one of them fits) or
 *     none
 */
public record FlowField(
    String name, Type type, String meaning, Function<FlowView, List<?>> values) {

  /** Kinds of values. */
  public enum Type {
    /** Text, compared without regard to case. */
    TEXT,
    /** Whole numbers. */
    NUMBER,
    /** IP addresses. */
    ADDRESS
  }
}
