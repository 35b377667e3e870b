/**
 * The service: sensors that are followed by schedule, with health, metrics and packets.
 *
 * <p>In: the configuration. Out: a running service, until it is stopped. It puts the other rooms
 * together and must not know files, packets or documents itself.
 */
package dev.forensics.indexer.service;
