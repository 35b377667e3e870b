package dev.forensics.indexer.document.json;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Enum constants as documents write them, encoded once.
 *
 * @param <E> the enum
 */
public final class EnumText<E extends Enum<E>> {
  private final Map<E, SerializableString> texts;

  private EnumText(Class<E> type, boolean lowerCase) {
    texts = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      String name = constant.name();
      texts.put(constant, new SerializedString(lowerCase ? name.toLowerCase(Locale.ROOT) : name));
    }
  }

  /** The constants of an enum, lower case. */
  public static <E extends Enum<E>> EnumText<E> lowerCase(Class<E> type) {
    return new EnumText<>(type, true);
  }

  /** The constants of an enum, as they are. */
  public static <E extends Enum<E>> EnumText<E> asIs(Class<E> type) {
    return new EnumText<>(type, false);
  }

  /** The text of a constant. */
  public SerializableString of(E constant) {
    return texts.get(constant);
  }
}
