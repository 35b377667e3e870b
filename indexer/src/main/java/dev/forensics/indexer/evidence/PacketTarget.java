package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.PacketRecord;
import java.io.IOException;

/** Takes a flow's packets in order of time. */
interface PacketTarget {
  /**
   * Takes the next one.
   *
   * @param record read during the call only
   * @throws IOException when the whole copy is to end
   */
  void write(PacketRecord record) throws IOException;

  /** Says what a reader has to know at this place. */
  void note(String text);
}
