package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.capture.PcapngWriter;
import java.io.IOException;

/** Writes a flow's packets to a pcapng, the notes as comments of the packet that comes next. */
final class CommentedPackets implements PacketTarget {
  private final PcapngWriter writer;
  private final StringBuilder notes;

  /**
   * @param comment of the first packet
   */
  CommentedPackets(PcapngWriter writer, String comment) {
    this.writer = writer;
    notes = new StringBuilder(comment);
  }

  @Override
  public void write(PacketRecord record) throws IOException {
    if (notes.length() == 0) {
      writer.write(record);
    } else {
      writer.write(record, notes.toString());
      notes.setLength(0);
    }
  }

  @Override
  public void note(String text) {
    notes.append(notes.length() == 0 ? "" : "\n").append(text);
  }
}
