/**
 * A real Elasticsearch node as a child process, for {@code forensics demo}, {@code forensics
 * elasticsearch} and the tests. Start with {@link
 * dev.forensics.indexer.index.embedded.EmbeddedElasticsearch}. The node is the published
 * distribution, unpacked into a cache; it lacks the modules outside Elasticsearch's core (scripts,
 * ILM, some field types), binds to loopback only and is meant for one machine.
 */
package dev.forensics.indexer.index.embedded;
