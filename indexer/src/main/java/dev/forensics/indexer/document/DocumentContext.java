package dev.forensics.indexer.document;

import dev.forensics.indexer.enrich.Attribution;
import dev.forensics.indexer.enrich.Geography;
import java.time.InstantSource;

/**
 * What the documents of one sensor need beside its flows. Shared by the sensor's workers.
 *
 * @param sensor name of the sensor, observer.name
 * @param observerType observer.type, such as "sensor"
 * @param captures the sensor's captures by ordinal
 * @param pcapBaseUrl where packets are served, without a final slash, such as
 *     "http://localhost:9280"; null when nowhere, then documents have no link
 * @param attribution holders of registered prefixes
 * @param geography ASN and city databases
 * @param payload how bytes are shown that no protocol explains
 * @param clock wall clock of event.created and event.ingested
 */
public record DocumentContext(
    String sensor,
    String observerType,
    CaptureLookup captures,
    String pcapBaseUrl,
    Attribution attribution,
    Geography geography,
    PayloadSettings payload,
    InstantSource clock) {}
