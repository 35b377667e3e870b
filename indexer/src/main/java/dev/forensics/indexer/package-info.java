/**
 * Forensics Indexer. The data goes one way, one room (package) a step:
 *
 * <pre>
 * capture -&gt; decode -&gt; flow -&gt; detect -&gt; document -&gt; index      (enrich: look-ups beside detect and document)
 * pipeline wires one run; schedule, serve and cli stand on top; config and metrics beside
 * </pre>
 *
 * <p>A room imports only rooms before it; {@code ArchitectureTest} keeps it so.
 */
package dev.forensics.indexer;
