/** Real traffic between network namespaces, and the programs that capture it. */
package dev.forensics.indexer.live;
