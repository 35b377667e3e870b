package dev.forensics.indexer.document;

/**
 * How first bytes and bodies are shown that no protocol explains.
 *
 * @param full true shows them as text and hex, with only what is known for a password blanked;
 *     false shows their structure and measures
 * @param key key of the hashes by which they are compared; empty when there is none
 */
public record PayloadSettings(boolean full, String key) {
  /** Environment variable of the key; with _FILE appended it names a file. */
  public static final String KEY = "FORENSICS_PAYLOAD_KEY";

  /** No text, no key. */
  public static final PayloadSettings MASKED = new PayloadSettings(false, "");

  /** Never shows the key. */
  @Override
  public String toString() {
    return "PayloadSettings[full=" + full + "]";
  }
}
