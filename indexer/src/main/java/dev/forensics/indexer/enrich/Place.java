package dev.forensics.indexer.enrich;

/**
 * What a database tells about an address; each part may be missing.
 *
 * @param asn autonomous system number; 0 when unknown
 * @param asOrganization name of the autonomous system's holder, or null
 * @param countryIsoCode ISO 3166-1 alpha-2, or null
 * @param countryName in English, or null
 * @param regionName in English, or null
 * @param cityName in English, or null
 * @param latitude in degrees, north positive; NaN when unknown
 * @param longitude in degrees, east positive; NaN when unknown
 */
public record Place(
    long asn,
    String asOrganization,
    String countryIsoCode,
    String countryName,
    String regionName,
    String cityName,
    double latitude,
    double longitude) {}
