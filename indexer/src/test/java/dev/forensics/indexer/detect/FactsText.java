package dev.forensics.indexer.detect;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;

/** Writes facts as text, so that tests can compare what two parses learned. */
public final class FactsText {
  private FactsText() {}

  /** All fields of all facts. */
  public static String of(FlowFacts facts) throws IllegalAccessException {
    StringBuilder text = new StringBuilder();
    for (Field field : FlowFacts.class.getDeclaredFields()) {
      if (field.getType() == List.class) {
        field.setAccessible(true);
        for (Object one : (List<?>) field.get(facts)) {
          append(text, one);
        }
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Object one) throws IllegalAccessException {
    text.append(one.getClass().getSimpleName()).append('{');
    for (Field field : one.getClass().getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        text.append(field.getName()).append('=').append(field.get(one)).append(' ');
      }
    }
    text.append("}\n");
  }
}
