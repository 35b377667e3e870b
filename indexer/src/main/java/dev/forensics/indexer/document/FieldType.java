package dev.forensics.indexer.document;

/** Types of fields, limited to what an Elasticsearch without optional modules has. */
enum FieldType {
  /** Exact text, searched, sorted and aggregated. */
  KEYWORD("keyword"),
  /** Exact text that is searched and shown, but neither sorted nor aggregated. */
  KEYWORD_SEARCH("keyword"),
  /** Sentences, searched by word. */
  TEXT("text"),
  LONG("long"),
  FLOAT("float"),
  BOOLEAN("boolean"),
  /** A time as text with nanoseconds; stored so, indexed in milliseconds. */
  DATE("date"),
  IP("ip"),
  GEO_POINT("geo_point"),
  /** An object whose keys are not known beforehand; its values are searched as exact text. */
  FLATTENED("flattened"),
  /** Kept in the document and given back with it, not looked into. */
  UNINDEXED("object");

  private final String mapping;

  FieldType(String mapping) {
    this.mapping = mapping;
  }

  /** The "type" of the mapping. */
  String mapping() {
    return mapping;
  }
}
