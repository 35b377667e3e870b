/**
 * The Kibana pack: saved objects as readable files, checked offline, imported into and exported
 * from a Kibana. Imports no other room.
 */
package dev.forensics.indexer.kibana;
