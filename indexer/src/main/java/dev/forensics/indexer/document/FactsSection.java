package dev.forensics.indexer.document;

import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/**
 * The part of flow and alarm documents that one protocol's facts fill. A new protocol is a file
 * with a section and a line in {@link FactsSections}; its mappings and reference follow from {@link
 * #fields}.
 *
 * @param <T> type of the facts in {@link dev.forensics.indexer.detect.FlowFacts}
 */
interface FactsSection<T> {
  /** The facts that it writes. */
  Class<T> facts();

  /** Every field that it writes. */
  List<Field> fields();

  /** Writes whole members of the document's root, such as "http"; no other section may do so. */
  default void writeRoot(T facts, Flow flow, JsonWriter json) {}

  /** Writes whole members of "forensics", such as "http". */
  default void writeForensics(T facts, Flow flow, JsonWriter json) {}

  /** The same for a section that shows bytes of the wire. */
  default void writeForensics(T facts, Flow flow, PayloadSettings payload, JsonWriter json) {
    writeForensics(facts, flow, json);
  }

  /** Tells the host names in the facts. */
  default void names(T facts, HostNames names) {}
}
