package dev.forensics.indexer.detect;

import dev.forensics.indexer.detect.mtproto.MtprotoKey;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HexFormat;
import java.util.List;

/** Writes facts as text, so that tests can compare what two parses learned. */
public final class FactsText {
  private FactsText() {}

  /** All fields of all facts. */
  public static String of(FlowFacts facts) throws IllegalAccessException {
    StringBuilder text = new StringBuilder();
    if (facts.tunnel != null) {
      append(text, facts.tunnel); // FlowFacts within it as well
    }
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
      if (!Modifier.isStatic(field.getModifiers()) && !field.getName().endsWith("Nanos")) {
        field.setAccessible(true);
        text.append(field.getName()).append('=');
        value(text, field.get(one));
        text.append(' ');
      }
    }
    text.append("}\n");
  }

  /** Times are left out: they are those of the pieces. */
  private static void value(StringBuilder text, Object value) throws IllegalAccessException {
    if (value instanceof byte[] bytes) {
      text.append(HexFormat.of().formatHex(bytes));
    } else if (value instanceof FlowFacts inner) {
      text.append(of(inner));
    } else if (value instanceof TunnelFacts target) {
      text.append(target.targetHost()).append(' ').append(target.targetPort());
    } else if (value instanceof CountedValues counted) {
      for (int i = 0; i < counted.values().size(); i++) {
        text.append(counted.values().get(i)).append(':').append(counted.count(i)).append(',');
      }
    } else if (value instanceof List<?> list) {
      for (Object element : list) {
        value(text, element);
      }
    } else if (value instanceof Record || value instanceof MtprotoKey) {
      append(text, value);
    } else {
      text.append(value);
    }
  }
}
