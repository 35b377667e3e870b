/** The rules, one file each. A rule turns a flow and its facts into a verdict. */
package dev.forensics.indexer.detect.rule;
