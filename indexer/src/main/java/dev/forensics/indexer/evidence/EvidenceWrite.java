package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.capture.PcapngWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * Packets on their way into the evidence folder: in a hidden file beside their place until {@link
 * #publish}. A failed write does not throw at once, so that the other files of the same copy go on.
 */
final class EvidenceWrite implements PacketTarget {
  private static final int BUFFER_BYTES = 1 << 15;
  private static final int PACKET_OVERHEAD = 64;

  private final String alarmId;
  private final String comment;
  private final Path packetsFile;
  private final Path newPackets;
  private final Path newLabel;
  private final long mostBytes;
  private final MessageDigest digest = EvidenceLabel.sha256Digest();
  private FileChannel channel;
  private FileChannel labelChannel;
  private PcapngWriter writer;
  private CommentedPackets commented;
  private long bytes;
  private long packets;
  private long leftOut;
  private IOException failure;

  /**
   * Begins a file.
   *
   * @param missing what is known to be missing; may be empty
   * @param mostBytes packets past this size are left out
   */
  EvidenceWrite(
      EvidenceFolder folder, String alarmId, String comment, String missing, long mostBytes) {
    this.alarmId = alarmId;
    this.comment = comment;
    this.mostBytes = mostBytes;
    packetsFile = folder.packets(alarmId);
    newPackets =
        packetsFile.resolveSibling(EvidenceRecovery.NEW + alarmId + EvidenceFolder.PACKETS);
    newLabel = packetsFile.resolveSibling(EvidenceRecovery.NEW + alarmId + EvidenceFolder.LABEL);
    String all = missing.isEmpty() ? comment : comment + "\n" + missing;
    try {
      EvidenceAccess.createFolders(packetsFile.getParent());
      channel = EvidenceAccess.create(newPackets);
      writer =
          new PcapngWriter(
              new BufferedOutputStream(
                  new DigestOutputStream(Channels.newOutputStream(channel), digest), BUFFER_BYTES),
              all);
      commented = new CommentedPackets(writer, all);
    } catch (IOException e) {
      failure = e;
    }
  }

  @Override
  public void write(PacketRecord record) {
    if (failure != null) {
      return;
    }
    bytes += PACKET_OVERHEAD + record.capturedLength;
    if (bytes > mostBytes) {
      leftOut++;
      return;
    }
    try {
      commented.write(record);
      packets++;
    } catch (IOException e) {
      failure = e;
    }
  }

  @Override
  public void note(String text) {
    if (commented != null) {
      commented.note(text);
    }
  }

  String alarmId() {
    return alarmId;
  }

  /** Packets written. */
  long packets() {
    return packets;
  }

  /** Packets left out, since the file became too large. */
  long leftOut() {
    return leftOut;
  }

  /** What went wrong; null when nothing did. */
  IOException failure() {
    return failure;
  }

  /** Completes the file and writes its label; neither is durable yet. */
  void complete(long missing, boolean isFinal, String flowId, Instant now) throws IOException {
    if (failure != null) {
      throw failure;
    }
    writer.flush();
    Files.setLastModifiedTime(newPackets, FileTime.from(now));
    String hash = EvidenceLabel.hex(digest);
    EvidenceLabel label =
        new EvidenceLabel(packets, missing + leftOut, isFinal, flowId, comment, hash);
    labelChannel = EvidenceAccess.create(newLabel);
    ByteBuffer text =
        ByteBuffer.wrap(
            label.text(packetsFile.getFileName().toString()).getBytes(StandardCharsets.UTF_8));
    while (text.hasRemaining()) {
      labelChannel.write(text);
    }
  }

  /** Makes both durable. */
  void force() {
    try {
      channel.force(true);
      labelChannel.force(true);
    } catch (IOException e) {
      failure = e;
    }
  }

  /**
   * Puts both in their places, replacing earlier ones.
   *
   * @return the packets' place, whose folder is to be made durable
   */
  Path publish() throws IOException {
    if (failure != null) {
      throw failure;
    }
    channel.close();
    labelChannel.close();
    EvidenceRecovery.publish(newPackets, packetsFile, newLabel, EvidenceFolder.label(packetsFile));
    return packetsFile;
  }

  /** Leaves nothing behind. */
  void discard() {
    try {
      if (channel != null) {
        channel.close();
      }
      if (labelChannel != null) {
        labelChannel.close();
      }
      Files.deleteIfExists(newPackets);
      Files.deleteIfExists(newLabel);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
    }
  }
}
