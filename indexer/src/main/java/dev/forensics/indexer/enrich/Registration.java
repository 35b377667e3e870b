package dev.forensics.indexer.enrich;

/**
 * One line of a prefix list.
 *
 * @param prefix as written, such as 149.154.160.0/20
 * @param organization who holds it
 * @param asn autonomous system that it was registered with; 0 when unknown
 * @param application application that all of its servers speak (ECS network.application), or null
 * @param source where the line comes from
 * @param asOf date of the source, ISO 8601
 */
public record Registration(
    String prefix, String organization, long asn, String application, String source, String asOf) {}
