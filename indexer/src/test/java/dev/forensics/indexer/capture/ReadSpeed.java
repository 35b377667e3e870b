package dev.forensics.indexer.capture;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Measures reading: {@code ReadSpeed write FILE [pcap|pcapng] [PACKETS]} makes a capture (1.2
 * million packets are about 700 MB), {@code ReadSpeed read FILE [TIMES]} reads it through the
 * merged reader and prints records and bytes a second. Compare with {@code tcpdump -r FILE -w
 * /dev/null}.
 */
public final class ReadSpeed {
  private static final int[] LENGTHS = {60, 66, 66, 120, 590, 1514, 1514};

  private ReadSpeed() {}

  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[1]);
    if (arguments[0].equals("write")) {
      boolean pcapng = arguments.length > 2 && arguments[2].equals("pcapng");
      write(file, pcapng, arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1_200_000);
    } else {
      int times = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
      for (int i = 0; i < times; i++) {
        read(file);
      }
    }
  }

  private static void write(Path file, boolean pcapng, int packets) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      if (pcapng) {
        PcapngWriter writer = new PcapngWriter(out, "");
        generate(packets, writer::write);
      } else {
        PcapWriter writer = new PcapWriter(out, 1);
        generate(packets, writer::write);
      }
    }
  }

  /** Takes a record to a file. */
  private interface RecordSink {
    void write(PacketRecord record) throws IOException;
  }

  private static void generate(int packets, RecordSink sink) throws IOException {
    Random random = new Random(1);
    byte[] noise = new byte[1 << 16];
    random.nextBytes(noise);
    PacketRecord record = new PacketRecord();
    record.buffer = noise;
    record.linkType = 1;
    record.timestampNanos = TestPacket.START;
    for (int i = 0; i < packets; i++) {
      record.capturedLength = LENGTHS[random.nextInt(LENGTHS.length)];
      record.originalLength = record.capturedLength;
      record.offset = random.nextInt(noise.length - record.capturedLength);
      record.timestampNanos += random.nextInt(20_000);
      sink.write(record);
    }
  }

  private static void read(Path file) {
    CaptureListing listing = CaptureListing.of(java.util.List.of(file));
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = System.nanoTime();
    long cpuStart = threads.getCurrentThreadCpuTime();
    long touched = 0;
    long records = 0;
    try (MergedReader reader =
        new MergedReader(
            listing.ready(),
            new SingleThreadBlocks(),
            (index, problem) -> System.out.println(problem.getMessage()))) {
      PacketRecord record = new PacketRecord();
      while (reader.next(record)) {
        records++;
        touched += record.buffer[record.offset] + record.buffer[record.offset + 12];
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "%.3f s (processor %.3f s), %.2f M records/s, %.2f GB/s (%d)%n",
          seconds,
          (threads.getCurrentThreadCpuTime() - cpuStart) / 1e9,
          records / seconds / 1e6,
          reader.position(0) / seconds / 1e9,
          touched & 1);
    }
  }
}
