package dev.forensics.indexer.document;

import java.util.ArrayList;
import java.util.List;

/**
 * The catalogue of every field of every document, put together from the sections that write them.
 * Index templates and docs/fields.md are made from it.
 */
final class Fields {
  /** All fields, in the order in which documents show them. */
  static final List<Field> ALL = all();

  private Fields() {}

  /** The fields of one kind of document. */
  static List<Field> of(DocumentKind kind) {
    return ALL.stream().filter(field -> field.documents().contains(kind)).toList();
  }

  private static List<Field> all() {
    List<Field> fields = new ArrayList<>();
    fields.addAll(EventSection.FIELDS);
    fields.addAll(AlarmSection.FIELDS);
    fields.addAll(ThreatSection.FIELDS);
    fields.addAll(NetworkSection.FIELDS);
    fields.addAll(EndpointSection.FIELDS);
    fields.addAll(ProvenanceSection.FIELDS);
    fields.addAll(ForensicsSection.FIELDS);
    fields.addAll(TunnelSection.FIELDS);
    fields.addAll(WireBytes.FIELDS);
    fields.addAll(PacketsSection.FIELDS);
    fields.addAll(TelegramSection.FIELDS);
    fields.addAll(FlowDocuments.FIELDS);
    fields.addAll(CaptureSection.FIELDS);
    for (FactsSection<?> section : FactsSections.ALL) {
      fields.addAll(section.fields());
    }
    return List.copyOf(fields);
  }
}
