package dev.forensics.indexer.document;

import java.util.EnumSet;
import java.util.Set;

/**
 * One field of the documents: the single source of mappings and of docs/fields.md.
 *
 * @param name dotted name
 * @param type how it is indexed
 * @param unit unit of the number; empty when it has none
 * @param meaning what it says, in one or two sentences
 * @param example a value as it stands in a document
 * @param ecs true when the Elastic Common Schema defines it, false when it is ours
 * @param list true when it may hold several values
 * @param optional true when ordinary documents do not have it, so tests need not see it
 * @param documents which documents have it
 */
record Field(
    String name,
    FieldType type,
    String unit,
    String meaning,
    String example,
    boolean ecs,
    boolean list,
    boolean optional,
    Set<DocumentKind> documents) {

  /** A field of the Elastic Common Schema, in flows and alarms. */
  static Field ecs(String name, FieldType type, String meaning, String example) {
    return of(name, type, meaning, example, true);
  }

  /** A field of ours, in flows and alarms. */
  static Field own(String name, FieldType type, String meaning, String example) {
    return of(name, type, meaning, example, false);
  }

  /** The same field with a unit. */
  Field unit(String newUnit) {
    return new Field(name, type, newUnit, meaning, example, ecs, list, optional, documents);
  }

  /** The same field, holding a list. */
  Field many() {
    return new Field(name, type, unit, meaning, example, ecs, true, optional, documents);
  }

  /** The same field, seen in few documents. */
  Field rare() {
    return new Field(name, type, unit, meaning, example, ecs, list, true, documents);
  }

  /** The same field, in these documents. */
  Field in(DocumentKind first, DocumentKind... more) {
    Set<DocumentKind> kinds = EnumSet.of(first, more);
    return new Field(name, type, unit, meaning, example, ecs, list, optional, kinds);
  }

  private static Field of(
      String name, FieldType type, String meaning, String example, boolean ecs) {
    Set<DocumentKind> kinds = EnumSet.of(DocumentKind.FLOW, DocumentKind.ALARM);
    return new Field(name, type, "", meaning, example, ecs, false, false, kinds);
  }
}
