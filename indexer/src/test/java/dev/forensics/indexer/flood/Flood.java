package dev.forensics.indexer.flood;

import dev.forensics.indexer.capture.PcapWriter;
import dev.forensics.indexer.decode.PacketBuilder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Packets without end that all ask for the same kind of memory. */
@SuppressWarnings("ImmutableEnumChecker") // its methods keep no state
public enum Flood {
  /** Connections that nobody answers. */
  SYN("flows_evicted", "flows", 1, 1_000, FloodPackets::syn),
  /** Requests whose head never ends. */
  HALF_REQUESTS("flows_evicted", "flows", 1, 1_000, FloodPackets::halfRequest),
  /** Requests to a new host each. */
  HOSTS("ended_flows_forgotten", "", 1, 1_000_000, FloodPackets::host),
  /** Plaintext requests to a new destination each: an alarm each. */
  DESTINATIONS("first_alarms_forgotten", "first_alarms", 1, 1_000_000, FloodPackets::destination),
  /** Segments behind holes that nobody fills. */
  HOLES("stream_gaps", "reassembly", 1, 1_000, FloodPackets::hole),
  /** Large datagrams that miss their last fragment. */
  FRAGMENTS("fragments_evicted", "fragments", 10, 10_000, FloodPackets::fragment),
  /** Datagrams that are refused, of IPv6 addresses and identifications that belong together. */
  REFUSED_FRAGMENTS("fragments_evicted", "", 1, 1_000, FloodPackets::refusedFragment),
  /** DNS answers with a new, long name for 60 new addresses each. */
  NAMES("names_forgotten", "names", 10, 1_000_000, FloodPackets::names),
  /** DNS answers that give one address new names, asked for by flows all the time. */
  RENAMED("", "", 10, 1_000_000, FloodPackets::renamed),
  /** DNS answers about IPv6 addresses that Java's own hashes put in one place. */
  COLLIDING_NAMES("names_forgotten", "names", 10, 1_000_000, FloodPackets::collidingNames),
  /** QUIC Initials that open, and begin far behind what came: 16 KiB may be asked for each. */
  INITIALS("flows_evicted", "flows", 1, 100_000, FloodPackets::initial),
  /** Datagrams full of QUIC Initials that open, each to be tried. */
  INITIALS_AT_ONCE("initials_unopened", "", 1, 1_000, FloodPackets::initials);

  private final String bound;
  private final String kind;
  private final int weight;
  private final long stepNanos;
  private final Packets packets;

  /** The packet of a number, from 0. */
  @FunctionalInterface
  interface Packets {
    byte[] frame(int number);
  }

  /**
   * @param bound that it reaches, as docs/operations.md calls it; empty when none is counted, since
   *     reading waits
   * @param kind of memory that it fills, as docs/operations.md calls it; empty when another bound
   *     is reached before
   * @param weight of its packets: how many of the others one of them stands for
   * @param stepNanos from a packet to the next
   */
  Flood(String bound, String kind, int weight, long stepNanos, Packets packets) {
    this.bound = bound;
    this.kind = kind;
    this.weight = weight;
    this.stepNanos = stepNanos;
    this.packets = packets;
  }

  String bound() {
    return bound;
  }

  String kind() {
    return kind;
  }

  /** How many packets of its own so many ordinary ones stand for. */
  int packets(int ordinary) {
    return ordinary / weight;
  }

  /** Its packet of a number, from 0. */
  public byte[] frame(int number) {
    return packets.frame(number);
  }

  /** Writes its first packets to a capture. */
  public Path write(Path file, int count) throws IOException {
    long nanos = 1_795_342_530_000_000_000L;
    try (PcapWriter writer =
        new PcapWriter(
            new BufferedOutputStream(Files.newOutputStream(file), 1 << 16),
            PacketBuilder.ETHERNET)) {
      for (int number = 0; number < count; number++) {
        writer.write(PacketBuilder.record(frame(number), nanos));
        nanos += stepNanos;
      }
    }
    return file;
  }
}
