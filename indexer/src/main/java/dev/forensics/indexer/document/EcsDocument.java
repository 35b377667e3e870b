package dev.forensics.indexer.document;

/**
 * One document, ready to be sent.
 *
 * @param kind where it goes
 * @param id deterministic _id
 * @param json one JSON object in UTF-8 without line breaks; owned by the document
 */
@SuppressWarnings("ArrayRecordComponent") // carried to the sink once, never compared
public record EcsDocument(DocumentKind kind, String id, byte[] json) {}
