package dev.forensics.indexer.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forensics.indexer.live.FinishedFile;
import dev.forensics.indexer.live.LiveListener;
import dev.forensics.indexer.live.NetworkDevice;
import dev.forensics.indexer.live.PacketCounts;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tells of each finished file and of all of them, as a line of text or of JSON. */
final class CaptureOutput implements LiveListener {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final boolean json;
  private final PrintStream out;
  private int files;
  private long bytes;

  CaptureOutput(boolean json, PrintStream out) {
    this.json = json;
    this.out = out;
  }

  static void list(List<NetworkDevice> devices, boolean json, PrintStream out) {
    if (json) {
      devices.forEach(device -> out.println(tree(device)));
      return;
    }
    TextTable table = new TextTable("interface", "state", "addresses", "description");
    devices.forEach(
        device ->
            table.row(
                device.name(),
                device.up() ? "up" : "down",
                device.addresses().stream()
                    .map(InetAddress::getHostAddress)
                    .collect(Collectors.joining(" ")),
                device.description()));
    table.print(out);
  }

  @Override
  public void begun(Path file) {
    files++;
  }

  @Override
  public void finished(FinishedFile file) {
    bytes += file.bytes();
    if (json) {
      ObjectNode line = JSON.createObjectNode().put("file", file.path().toString());
      out.println(count(line.put("bytes", file.bytes()), file.counts()));
    } else {
      out.println(file.path() + ": " + words(file.bytes(), file.counts()));
    }
  }

  /** Ends the output. */
  void total(PacketCounts counts) {
    if (json) {
      out.println(count(JSON.createObjectNode().put("files", files).put("bytes", bytes), counts));
    } else {
      out.println(files + " files: " + words(bytes, counts));
    }
  }

  private static String words(long bytes, PacketCounts counts) {
    return String.format(
        Locale.ROOT,
        "%,d bytes, %,d packets received, %,d dropped, %,d dropped by the interface",
        bytes,
        counts.received(),
        counts.dropped(),
        counts.droppedByInterface());
  }

  private static ObjectNode count(ObjectNode line, PacketCounts counts) {
    return line.put("received", counts.received())
        .put("dropped", counts.dropped())
        .put("dropped_by_interface", counts.droppedByInterface());
  }

  private static ObjectNode tree(NetworkDevice device) {
    ObjectNode line = JSON.createObjectNode().put("interface", device.name());
    line.put("up", device.up()).put("description", device.description());
    device.addresses().forEach(one -> line.withArray("addresses").add(one.getHostAddress()));
    return line;
  }
}
