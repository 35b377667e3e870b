/**
 * The packets of flows and alarms: cut out of the captures by the positions that the documents
 * carry, and kept in the evidence folder before a ring overwrites them.
 *
 * <p>In: documents, captures. Out: pcapng files and streams. It must not know when alarms are
 * raised, how Elasticsearch is asked, nor who asks for packets.
 */
package dev.forensics.indexer.evidence;
