package dev.forensics.indexer.document;

import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.PacketPointers;
import java.util.List;

/** "packets" of "forensics": where the flow's packets stand in the captures. */
final class PacketsSection {
  static final List<Field> FIELDS = List.of();

  private PacketsSection() {}

  static void write(PacketPointers packets, CaptureLookup captures, JsonWriter json) {}
}
