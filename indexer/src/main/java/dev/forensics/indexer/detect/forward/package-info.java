/** The clients that proxies say they speak for. */
package dev.forensics.indexer.detect.forward;
