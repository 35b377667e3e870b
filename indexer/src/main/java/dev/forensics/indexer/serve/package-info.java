/**
 * The HTTP endpoint of the service.
 *
 * <p>In: requests, and whoever knows health, metrics and packets. Out: answers, bounded in number
 * and streamed. It must not know where what it serves comes from.
 */
package dev.forensics.indexer.serve;
