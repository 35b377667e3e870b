/** Two versions of the same bytes of a TCP stream: what each of them says. */
package dev.forensics.indexer.detect.conflict;
