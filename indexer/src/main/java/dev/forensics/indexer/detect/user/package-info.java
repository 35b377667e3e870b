/** What users add in YAML: rules of their own and suppressions, over a typed view of a flow. */
package dev.forensics.indexer.detect.user;
