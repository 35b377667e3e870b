/**
 * The Kibana pack: saved objects as readable files, checked offline, imported into and exported
 * from a Kibana.
 *
 * <p>In: files, a Kibana. Out: files, imported objects, a report of what was refused. Imports no
 * other room.
 */
package dev.forensics.indexer.kibana;
