package dev.forensics.indexer.document.json;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.Locale;

/** Enum constants as documents write them: lower case. Encoded once. */
public final class EnumText {
  private final SerializableString[] texts;

  private EnumText(SerializableString[] texts) {
    this.texts = texts;
  }

  /** The constants of an enum, lower case. */
  public static EnumText lowerCase(Enum<?>[] constants) {
    SerializableString[] texts = new SerializableString[constants.length];
    for (Enum<?> constant : constants) {
      texts[constant.ordinal()] = new SerializedString(constant.name().toLowerCase(Locale.ROOT));
    }
    return new EnumText(texts);
  }

  /** The constants of an enum, as they are. */
  public static EnumText asIs(Enum<?>[] constants) {
    SerializableString[] texts = new SerializableString[constants.length];
    for (Enum<?> constant : constants) {
      texts[constant.ordinal()] = new SerializedString(constant.name());
    }
    return new EnumText(texts);
  }

  /** The text of a constant. */
  public SerializableString of(Enum<?> constant) {
    return texts[constant.ordinal()];
  }
}
