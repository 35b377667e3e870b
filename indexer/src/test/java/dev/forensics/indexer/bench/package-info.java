/** Benchmarks and the traffic they run over; see docs/performance.md. */
package dev.forensics.indexer.bench;
