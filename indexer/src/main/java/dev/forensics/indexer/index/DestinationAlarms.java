package dev.forensics.indexer.index;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The alarms about one destination.
 *
 * @param ip the destination's address
 * @param port its port
 * @param organization holder of its prefix; null when not known
 * @param domain its name; null when not known
 * @param outcomes alarms by outcome, the most frequent first; rules that do not grade have none
 * @param clients distinct sources (approximate above some thousands)
 * @param alarms alarms, suppressed ones included
 * @param suppressed those that are suppressed
 * @param requests HTTP requests that the alarms saw
 * @param methods the most frequent methods
 * @param paths the most frequent paths
 * @param first packet time of the first alarm
 * @param last packet time of the last one
 */
public record DestinationAlarms(
    String ip,
    int port,
    String organization,
    String domain,
    Map<String, Long> outcomes,
    long clients,
    long alarms,
    long suppressed,
    long requests,
    List<String> methods,
    List<String> paths,
    Instant first,
    Instant last) {

  static DestinationAlarms of(JsonNode bucket) {
    return new DestinationAlarms(
        bucket.path("key").path("ip").asText(),
        bucket.path("key").path("port").asInt(),
        first(keys(bucket, "organizations")),
        first(keys(bucket, "domains")),
        counts(bucket.path("outcomes")),
        bucket.path("clients").path("value").asLong(),
        bucket.path("doc_count").asLong(),
        bucket.path("suppressed").path("doc_count").asLong(),
        bucket.path("requests").path("value").asLong(),
        keys(bucket, "methods"),
        keys(bucket, "paths"),
        Instant.ofEpochMilli(bucket.path("first").path("value").asLong()),
        Instant.ofEpochMilli(bucket.path("last").path("value").asLong()));
  }

  private static Map<String, Long> counts(JsonNode terms) {
    Map<String, Long> counts = new LinkedHashMap<>();
    terms
        .path("buckets")
        .forEach(b -> counts.put(b.path("key").asText(), b.path("doc_count").asLong()));
    return counts;
  }

  private static List<String> keys(JsonNode bucket, String name) {
    List<String> keys = new ArrayList<>();
    bucket.path(name).path("buckets").forEach(b -> keys.add(b.path("key").asText()));
    return keys;
  }

  private static String first(List<String> keys) {
    return keys.isEmpty() ? null : keys.get(0);
  }
}
