/**
 * Forensics Indexer. The data goes one way, one room (package) a step:
 *
 * <pre>
 * capture -&gt; decode -&gt; flow -&gt; detect -&gt; document -&gt; index      (enrich: look-ups beside detect and document)
 * evidence keeps the packets of alarms; pipeline wires one run; follow reads a folder over days
 * schedule, serve, service and cli stand on top; config, live and kibana beside
 * </pre>
 *
 * <p>A room imports only rooms before it; {@code ArchitectureTest} keeps it so.
 */
package dev.forensics.indexer;
