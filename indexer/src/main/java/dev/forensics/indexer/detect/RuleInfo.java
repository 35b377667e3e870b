package dev.forensics.indexer.detect;

import java.util.List;

/**
 * A rule as documents and docs/rules.md show it.
 *
 * @param id stable id, rule.id
 * @param name one line, rule.name
 * @param version rule.version, raised when its meaning changes
 * @param category rule.category: "misuse", "exposure", "policy"
 * @param severity the usual severity; a verdict may differ
 * @param description what it means, rule.description
 * @param rationale why it matters
 * @param reference a public page, rule.reference
 * @param techniques ATT&CK technique ids, threat.technique.id
 * @param benignCauses known harmless causes
 */
public record RuleInfo(
    String id,
    String name,
    String version,
    String category,
    Severity severity,
    String description,
    String rationale,
    String reference,
    List<String> techniques,
    List<String> benignCauses) {}
