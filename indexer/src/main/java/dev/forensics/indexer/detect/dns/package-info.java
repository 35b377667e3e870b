/** DNS (RFC 1035) over UDP and TCP: questions, answers, and the names of addresses. */
package dev.forensics.indexer.detect.dns;
