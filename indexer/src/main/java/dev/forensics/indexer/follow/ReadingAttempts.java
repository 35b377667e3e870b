package dev.forensics.indexer.follow;

import dev.forensics.indexer.capture.CaptureId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which capture is being read, noted beside the service's state before it is read, so that one that
 * ends the process by a fault of the program or for lack of memory is known at the next start. At
 * its second time it is set aside. An end from outside ({@code kill -9}, a power loss) says nothing
 * about a capture and does not count.
 *
 * <p>Two files: {@code NAME.reading} has the id of the capture and its path, and a line for each
 * fault; {@code NAME.faults} has a line for each capture that ended a process: count, id, path.
 * Thread-safe.
 */
public final class ReadingAttempts {
  /** Ends of the process after which a capture is set aside. */
  static final int MOST = 2;

  private static final Logger LOG = LoggerFactory.getLogger(ReadingAttempts.class);

  private final Path mark;
  private final Path list;
  private final Map<CaptureId, Fault> faults = new LinkedHashMap<>();
  private CaptureId current;
  private FileChannel channel;
  private volatile String blamed = "";

  private record Fault(int count, String path) {}

  /**
   * Takes note of how the last process ended.
   *
   * @param folder where the notes lie; made with the first one
   * @param sensor whose captures they are
   */
  public ReadingAttempts(Path folder, String sensor) {
    mark = folder.resolve(sensor + ".reading");
    list = folder.resolve(sensor + ".faults");
    try {
      load();
      count();
    } catch (IOException | RuntimeException e) {
      LOG.warn("notes of captures that ended the process cannot be used: {}", e.toString());
    }
  }

  private void load() throws IOException {
    if (Files.exists(list)) {
      for (String line : Files.readAllLines(list)) {
        String[] parts = line.split(" ", 3);
        if (parts.length == 3) {
          faults.put(new CaptureId(parts[1]), new Fault(Integer.parseInt(parts[0]), parts[2]));
        }
      }
    }
  }

  private void count() throws IOException {
    if (!Files.exists(mark)) {
      return;
    }
    List<String> lines = Files.readAllLines(mark);
    if (lines.size() > 1) {
      String[] parts = lines.get(0).split(" ", 2);
      CaptureId id = new CaptureId(parts[0]);
      int before = faults.containsKey(id) ? faults.get(id).count : 0;
      faults.put(id, new Fault(before + 1, parts[1]));
      save();
      LOG.warn("{}: the process ended while it was read: {}", parts[1], lines.get(1));
    }
    Files.deleteIfExists(mark);
  }

  private void save() throws IOException {
    Files.createDirectories(list.getParent());
    StringBuilder text = new StringBuilder();
    faults.forEach(
        (id, fault) -> text.append(fault.count + " " + id.value() + " " + fault.path).append('\n'));
    Path fresh = Files.writeString(list.resolveSibling(list.getFileName() + ".tmp"), text);
    Files.move(fresh, list, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** A capture is begun, or gone on with. */
  synchronized void reading(CaptureId id, Path path) {
    if (id.equals(current)) {
      return;
    }
    current = id;
    try {
      write(id.value() + " " + printable(path) + "\n" + blamed);
    } catch (IOException e) {
      LOG.debug("{} cannot be written", mark, e);
    }
  }

  /** Over what stood there: a file that is emptied first costs a wait for the disk. */
  private void write(String text) throws IOException {
    if (channel == null) {
      Files.createDirectories(mark.getParent());
      channel = FileChannel.open(mark, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    long length = bytes.remaining();
    channel.write(bytes, 0);
    if (channel.size() > length) {
      channel.truncate(length);
    }
  }

  /** The name is anybody's: a line stays a line. */
  private static String printable(Path path) {
    return path.toString().replaceAll("\\p{Cntrl}", "?");
  }

  /** What was begun is read and committed: it did no harm. */
  synchronized void rest() {
    if (current == null) {
      return;
    }
    blamed = "";
    try {
      if (channel != null) {
        channel.close();
        channel = null;
      }
      Files.deleteIfExists(mark);
      if (faults.containsKey(current) && !isSetAside(current)) {
        faults.remove(current);
        save();
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be removed", mark, e);
    }
    current = null;
  }

  /**
   * The process is about to end, or likely to, by a fault of its own. Allocates little: memory may
   * have run out.
   *
   * @param why in a word
   */
  public void blame(String why) {
    blamed = why + "\n";
    try {
      if (Files.exists(mark)) {
        byte[] line = (why + "\n").getBytes(StandardCharsets.UTF_8);
        Files.write(mark, line, StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be written", mark, e);
    }
  }

  /** Whether a capture is not read any more. */
  synchronized boolean isSetAside(CaptureId id) {
    Fault fault = faults.get(id);
    return fault != null && fault.count >= MOST;
  }

  /** Why, in words; empty when it is not set aside. */
  synchronized Optional<String> problem(CaptureId id, Path path) {
    return isSetAside(id)
        ? Optional.of(
            path
                + ": set aside, since the process ended "
                + faults.get(id).count
                + " times while it was read; to try again, remove its line from "
                + list
                + " and start again")
        : Optional.empty();
  }
}
