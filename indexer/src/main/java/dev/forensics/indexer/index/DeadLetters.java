package dev.forensics.indexer.index;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.forensics.indexer.document.DocumentKind;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Documents that Elasticsearch refuses for ever, kept with the reason: {@code dead-letters.ndjson},
 * one object a line with {@code time, index, id, status, type, reason, document}. At 64 MB the file
 * becomes {@code dead-letters.1.ndjson}, and so on up to 16 of them; then the oldest goes, which is
 * logged as a loss. Thread-safe. The file appears with the first letter.
 */
public final class DeadLetters implements Closeable {
  static final String FILE_NAME = "dead-letters.ndjson";

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
  private static final long FILE_BYTES = 64L << 20;
  private static final int OLD_FILES = 16;
  private static final JsonFactory JSON = new JsonFactory();

  private final Path folder;
  private final IndexNames names;
  private final InstantSource clock;
  private final long fileBytes;
  private FileChannel channel;
  private boolean isTold;

  /** Letters in a folder, which is made with the first one. */
  public DeadLetters(Path folder, IndexNames names, InstantSource clock) {
    this(folder, names, clock, FILE_BYTES);
  }

  DeadLetters(Path folder, IndexNames names, InstantSource clock, long fileBytes) {
    this.folder = folder;
    this.names = names;
    this.clock = clock;
    this.fileBytes = fileBytes;
  }

  /** One refused document: why, and which bytes of a request it is. */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  record Letter(
      DocumentKind kind,
      String id,
      int status,
      String type,
      String reason,
      byte[] bytes,
      int from,
      int to) {}

  /**
   * Writes a letter.
   *
   * @throws IOException when it cannot be written: then the document is neither stored nor kept,
   *     and the ledger must not move on
   */
  synchronized void write(Letter letter) throws IOException {
    ByteBuffer line = ByteBuffer.wrap(line(letter));
    open();
    while (line.hasRemaining()) {
      channel.write(line);
    }
    if (!isTold) {
      isTold = true;
      LOG.warn(
          "Elasticsearch refuses a document, kept in {}: id={}, status={}, {}: {} (said once)",
          file(),
          letter.id,
          letter.status,
          letter.type,
          ElasticsearchFault.shorten(letter.reason));
    }
    if (channel.size() >= fileBytes) {
      rotate();
    }
  }

  private byte[] line(Letter letter) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeStringField("time", clock.instant().toString());
      json.writeStringField("index", names.of(letter.kind));
      json.writeStringField("id", letter.id);
      json.writeNumberField("status", letter.status);
      json.writeStringField("type", letter.type);
      json.writeStringField("reason", letter.reason);
      writeDocument(letter, json);
      json.writeEndObject();
    }
    out.write('\n');
    return out.toByteArray();
  }

  /** As an object, or as text when it was refused for being none. */
  private static void writeDocument(Letter letter, JsonGenerator json) throws IOException {
    int length = letter.to - letter.from;
    String document = new String(letter.bytes, letter.from, length, StandardCharsets.UTF_8);
    json.writeFieldName("document");
    if (isObject(letter.bytes, letter.from, length)) {
      json.writeRawValue(document);
    } else {
      json.writeString(document);
    }
  }

  private static boolean isObject(byte[] bytes, int from, int length) {
    try (JsonParser parser = JSON.createParser(bytes, from, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  private void open() throws IOException {
    if (channel == null) {
      Files.createDirectories(folder);
      channel =
          FileChannel.open(
              file(),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND);
    }
  }

  private void rotate() throws IOException {
    close();
    Path oldest = old(OLD_FILES);
    if (Files.deleteIfExists(oldest)) {
      LOG.error("dead letters are lost: {} was the oldest of {} and is gone", oldest, OLD_FILES);
    }
    for (int number = OLD_FILES - 1; number >= 1; number--) {
      if (Files.exists(old(number))) {
        Files.move(old(number), old(number + 1), StandardCopyOption.ATOMIC_MOVE);
      }
    }
    Files.move(file(), old(1), StandardCopyOption.ATOMIC_MOVE);
  }

  /** True when letters lie in a folder, of this process or of an earlier one. */
  public static boolean areIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "dead-letters*.ndjson")) {
      for (Path file : files) {
        if (Files.size(file) > 0) {
          return true;
        }
      }
      return false;
    } catch (IOException | DirectoryIteratorException e) {
      return false; // moved away at this moment, or nobody may look
    }
  }

  /** The file being written. */
  public Path file() {
    return folder.resolve(FILE_NAME);
  }

  private Path old(int number) {
    return folder.resolve("dead-letters." + number + ".ndjson");
  }

  /** Makes what was written durable. */
  synchronized void sync() throws IOException {
    if (channel != null) {
      channel.force(false);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (channel != null) {
      try {
        channel.force(false);
      } finally {
        channel.close();
        channel = null;
      }
    }
  }
}
