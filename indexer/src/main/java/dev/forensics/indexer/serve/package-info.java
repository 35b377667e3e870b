/** The HTTP endpoint of the service: health, metrics, packets. */
package dev.forensics.indexer.serve;
