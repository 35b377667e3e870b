package dev.forensics.indexer.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Finds the packets of flows and alarms. Thread-safe. */
public interface PacketExport {
  /**
   * Finds what an id stands for.
   *
   * @param id of a flow or an alarm
   * @return the packets, not read yet; empty when no document has this id
   * @throws IOException when the document or its captures cannot be reached
   */
  Optional<Packets> find(String id) throws IOException;

  /** Packets of one flow that can be written once. */
  interface Packets {
    /**
     * Writes a pcapng file.
     *
     * @return how many packets could not be had any more, since their capture is gone
     * @throws IOException when a capture cannot be read or the stream not be written
     */
    int writeTo(OutputStream out) throws IOException;
  }
}
