package dev.forensics.indexer.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Finds the packets of flows and alarms. Thread-safe. */
public interface PacketExport {
  /**
   * Finds what an id stands for.
   *
   * @param id of a flow or an alarm
   * @return the packets, not read yet; empty when neither a document nor evidence has this id
   * @throws IOException when the document or its captures cannot be reached
   */
  Optional<Packets> find(String id) throws IOException;

  /** Packets of one flow that can be written once. */
  interface Packets {
    /** True when every capture they stood in is gone: there is nothing to write. */
    boolean areGone();

    /** Why there may be more packets than are known now; empty when nothing speaks for it. */
    Optional<String> doubt();

    /**
     * Writes a pcapng file.
     *
     * @throws IOException when the stream cannot be written; captures that cannot be read (on) are
     *     counted as missing instead
     */
    CopyCounts writeTo(OutputStream out) throws IOException;
  }
}
