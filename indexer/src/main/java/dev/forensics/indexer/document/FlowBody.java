package dev.forensics.indexer.document;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;

/** What flow and alarm documents have in common. Reused for each document; not thread-safe. */
final class FlowBody {
  final JsonWriter json;
  final DocumentIds ids;
  final Endpoint source = new Endpoint();
  final Endpoint destination = new Endpoint();
  private final DocumentContext context;
  private final CommunityId communityId = new CommunityId();
  private final HostNames hosts = new HostNames();

  FlowBody(DocumentContext context, JsonWriter json) {
    this.context = context;
    this.json = json;
    ids = new DocumentIds(context.sensor());
  }

  long nowNanos() {
    return context.clock().millis() * 1_000_000L;
  }

  /** Writes the members of the root except "event", "forensics" and those of alarms. */
  void writeRoot(Flow flow, FlowFacts facts) {
    resolve(flow, facts);
    NetworkSection.write(flow, facts, communityId.of(flow), json);
    EndpointSection.write(flow, source, destination, json);
    FactsSections.writeRoot(facts, flow, json);
    ProvenanceSection.writeRoot(flow, facts, context, hosts, json);
  }

  /** Writes the members of "forensics" except those of alarms; after {@link #writeRoot}. */
  void writeForensics(Flow flow, FlowFacts facts, String flowId, String documentId) {
    ForensicsSection.write(flow, facts, flowId, context.payload(), json);
    FactsSections.writeForensics(facts, flow, context.payload(), json);
    TelegramSection.write(facts, destination.registration, json);
    ProvenanceSection.writeForensics(flow, context, destination.registration, documentId, json);
    PacketsSection.write(flow, context.captures(), json);
  }

  private void resolve(Flow flow, FlowFacts facts) {
    source.set(flow, flow.opener, context);
    destination.set(flow, flow.opener.reverse(), context);
    hosts.clear();
    FactsSections.names(facts, hosts);
    if (hosts.destination() != null) {
      destination.domain = hosts.destination();
    }
    hosts.related(destination.domain);
    hosts.related(source.domain);
  }
}
