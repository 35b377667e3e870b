package dev.forensics.indexer.document.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;

/**
 * Writes one JSON object after another into a reused buffer, through one Jackson generator. Values
 * that are null are left out together with their name. Text is bounded to 1,024 characters and made
 * safe (see {@code docs/fields.md}). Not thread-safe.
 */
public final class JsonWriter {
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .rootValueSeparator((String) null)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build();
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final int INITIAL_CAPACITY = 4096;

  private final JsonBuffer buffer = new JsonBuffer(INITIAL_CAPACITY);
  private final SafeText safeText = new SafeText();
  private final RecentTimes times = new RecentTimes();
  private final boolean strict;
  private byte[] scratch = new byte[256];
  private JsonGenerator generator;

  /** A name or constant text of ours, encoded once. */
  public static SerializableString name(String text) {
    return new SerializedString(text);
  }

  /** A writer for documents in service. */
  public JsonWriter() {
    this(false);
  }

  /**
   * A writer.
   *
   * @param strict refuses two members of the same name in an object (for tests: it costs)
   */
  public JsonWriter(boolean strict) {
    this.strict = strict;
    generator = newGenerator();
  }

  /** Begins a new document, whatever became of the one before. */
  public void begin() {
    if (!generator.getOutputContext().inRoot()) {
      generator = newGenerator();
    }
    buffer.reset();
    write(generator::writeStartObject);
  }

  /** How many bytes the document has so far. */
  public int length() {
    try {
      generator.flush();
    } catch (IOException e) {
      throw unexpected(e);
    }
    return buffer.length();
  }

  /** Ends the document and returns its bytes, a copy that belongs to the caller. */
  public byte[] end() {
    try {
      generator.writeEndObject();
      generator.flush();
    } catch (IOException e) {
      throw unexpected(e);
    }
    return buffer.copy();
  }

  /** Opens an object as a member. */
  public void open(SerializableString name) {
    try {
      generator.writeFieldName(name);
      generator.writeStartObject();
    } catch (IOException e) {
      throw unexpected(e);
    }
  }

  /** Opens an object as a list's next value. */
  public void open() {
    write(generator::writeStartObject);
  }

  /** Closes the innermost object. */
  public void close() {
    write(generator::writeEndObject);
  }

  /** Opens a list as a member. */
  public void openList(SerializableString name) {
    try {
      generator.writeFieldName(name);
      generator.writeStartArray();
    } catch (IOException e) {
      throw unexpected(e);
    }
  }

  /** Closes the innermost list. */
  public void closeList() {
    write(generator::writeEndArray);
  }

  /** A text that is ours: written as it is. */
  public void constant(SerializableString name, SerializableString value) {
    try {
      generator.writeFieldName(name);
      generator.writeString(value);
    } catch (IOException e) {
      throw unexpected(e);
    }
  }

  /** A list of texts that are ours. */
  public void constants(SerializableString name, List<SerializableString> values) {
    openList(name);
    try {
      for (int i = 0; i < values.size(); i++) {
        generator.writeString(values.get(i));
      }
    } catch (IOException e) {
      throw unexpected(e);
    }
    closeList();
  }

  /** A text, bounded and made safe; nothing when it is null or empty. */
  public void text(SerializableString name, String value) {
    if (value != null && !value.isEmpty()) {
      member(name);
      text(value);
    }
  }

  /** A text made safe and bounded to 4,096 characters; nothing when it is null. */
  public void longText(SerializableString name, String value) {
    if (value != null) {
      try {
        generator.writeFieldName(name);
        writeText(value, SafeText.LONG_LIMIT);
      } catch (IOException e) {
        throw unexpected(e);
      }
    }
  }

  /**
   * A text that must stay usable, such as a path: whole and with every character, unless it is not
   * valid Unicode; nothing when it is null.
   */
  public void exact(SerializableString name, String value) {
    if (value != null && !SafeText.isWellFormed(value)) {
      text(name, value);
    } else if (value != null) {
      member(name);
      try {
        generator.writeString(value);
      } catch (IOException e) {
        throw unexpected(e);
      }
    }
  }

  /** A list's next text, bounded and made safe. */
  public void text(String value) {
    try {
      writeText(value, SafeText.LIMIT);
    } catch (IOException e) {
      throw unexpected(e);
    }
  }

  /** Printable ASCII without quotes and backslashes, written as it is. */
  public void ascii(SerializableString name, byte[] value) {
    member(name);
    try {
      generator.writeRawUTF8String(value, 0, value.length);
    } catch (IOException e) {
      throw unexpected(e);
    }
  }

  /** A list of texts; nothing when it is null or empty. */
  public void texts(SerializableString name, Collection<String> values) {
    if (values == null || values.isEmpty()) {
      return;
    }
    openList(name);
    for (String value : values) {
      text(value);
    }
    closeList();
  }

  /** A whole number. */
  public void number(SerializableString name, long value) {
    try {
      generator.writeFieldName(name);
      generator.writeNumber(value);
    } catch (IOException e) {
      throw unexpected(e);
    }
  }

  /** A list's next whole number. */
  public void number(long value) {
    try {
      generator.writeNumber(value);
    } catch (IOException e) {
      throw unexpected(e);
    }
  }

  /** A number with a fraction; nothing when it is not finite. */
  public void number(SerializableString name, double value) {
    if (Double.isFinite(value)) {
      try {
        generator.writeFieldName(name);
        generator.writeNumber(value);
      } catch (IOException e) {
        throw unexpected(e);
      }
    }
  }

  /** A whole number as text, for identifiers that are numbers. */
  public void numberText(SerializableString name, long value) {
    text(name, Long.toString(value));
  }

  /** A truth value. */
  public void flag(SerializableString name, boolean value) {
    try {
      generator.writeFieldName(name);
      generator.writeBoolean(value);
    } catch (IOException e) {
      throw unexpected(e);
    }
  }

  /** An IP address; see {@link AddressText#write}. */
  public void address(SerializableString name, int ipVersion, long high, long low) {
    member(name);
    address(ipVersion, high, low);
  }

  /** A list's next IP address. */
  public void address(int ipVersion, long high, long low) {
    ascii(AddressText.write(ipVersion, high, low, scratch, 0));
  }

  /** A MAC address in the form of ECS; nothing when it is negative. */
  public void mac(SerializableString name, long mac) {
    if (mac >= 0) {
      AddressText.writeMac(mac, scratch, 0);
      member(name);
      ascii(AddressText.MAC_LENGTH);
    }
  }

  /** A time in nanoseconds since the epoch. */
  public void time(SerializableString name, long epochNanos) {
    ascii(name, times.text(epochNanos));
  }

  /** A time in milliseconds since the epoch; the years 0 to 9999, others are left out. */
  public void timeMillis(SerializableString name, long epochMillis) {
    if (TimeText.isWritable(epochMillis)) {
      TimeText.writeMillis(epochMillis, scratch, 0);
      member(name);
      ascii(TimeText.LENGTH);
    }
  }

  /** Bytes in lower-case hex, the first ones up to limit; nothing when they are null. */
  public void hex(SerializableString name, byte[] bytes, int limit) {
    if (bytes == null) {
      return;
    }
    int count = Math.min(bytes.length, limit);
    ensureScratch(count * 2);
    for (int i = 0; i < count; i++) {
      scratch[2 * i] = HEX[(bytes[i] >>> 4) & 0xf];
      scratch[2 * i + 1] = HEX[bytes[i] & 0xf];
    }
    member(name);
    ascii(count * 2);
  }

  /** A number in hex, always 16 lower-case digits. */
  public void hex(SerializableString name, long value) {
    for (int i = 0; i < 16; i++) {
      scratch[i] = HEX[(int) (value >>> (60 - 4 * i)) & 0xf];
    }
    member(name);
    ascii(16);
  }

  /**
   * Bytes as ASCII, the first ones up to limit: one character a byte, a dot for what is not
   * printable; nothing when they are null.
   */
  public void printable(SerializableString name, byte[] bytes, int limit) {
    if (bytes == null) {
      return;
    }
    int count = Math.min(bytes.length, limit);
    ensureScratch(count);
    for (int i = 0; i < count; i++) {
      scratch[i] = bytes[i] >= ' ' && bytes[i] <= '~' ? bytes[i] : (byte) '.';
    }
    member(name);
    try {
      generator.writeUTF8String(scratch, 0, count);
    } catch (IOException e) {
      throw unexpected(e);
    }
  }

  private void writeText(String value, int limit) throws IOException {
    if (SafeText.isPlain(value, limit)) {
      generator.writeString(value);
    } else {
      safeText.clean(value, limit);
      generator.writeString(safeText.characters(), 0, safeText.length());
    }
  }

  private void member(SerializableString name) {
    try {
      generator.writeFieldName(name);
    } catch (IOException e) {
      throw unexpected(e);
    }
  }

  /** Writes the scratch as a string; it needs no escaping. */
  private void ascii(int length) {
    try {
      generator.writeRawUTF8String(scratch, 0, length);
    } catch (IOException e) {
      throw unexpected(e);
    }
  }

  private void ensureScratch(int length) {
    if (scratch.length < length) {
      scratch = new byte[length];
    }
  }

  private JsonGenerator newGenerator() {
    try {
      JsonGenerator fresh = FACTORY.createGenerator(buffer);
      return strict
          ? fresh.enable(StreamWriteFeature.STRICT_DUPLICATE_DETECTION.mappedFeature())
          : fresh;
    } catch (IOException e) {
      throw unexpected(e);
    }
  }

  private static void write(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw unexpected(e);
    }
  }

  /** The buffer is memory: only a mistake of ours (two equal names, a wrong nesting) gets here. */
  private static UncheckedIOException unexpected(IOException e) {
    return new UncheckedIOException("document not well-formed", e);
  }

  private interface Step {
    void run() throws IOException;
  }
}
