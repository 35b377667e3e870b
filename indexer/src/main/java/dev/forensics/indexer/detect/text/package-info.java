/** What line-based protocols share: bounded lines in both directions and numeric replies. */
package dev.forensics.indexer.detect.text;
