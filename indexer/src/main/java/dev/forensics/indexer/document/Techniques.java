package dev.forensics.indexer.document;

import java.util.Map;

/** Names of the ATT&CK techniques that rules may name (attack.mitre.org, Enterprise). */
final class Techniques {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("T1001", "Data Obfuscation"),
          Map.entry("T1008", "Fallback Channels"),
          Map.entry("T1021", "Remote Services"),
          Map.entry("T1021.001", "Remote Desktop Protocol"),
          Map.entry("T1021.002", "SMB/Windows Admin Shares"),
          Map.entry("T1021.004", "SSH"),
          Map.entry("T1040", "Network Sniffing"),
          Map.entry("T1041", "Exfiltration Over C2 Channel"),
          Map.entry("T1048", "Exfiltration Over Alternative Protocol"),
          Map.entry("T1048.003", "Exfiltration Over Unencrypted Non-C2 Protocol"),
          Map.entry("T1071", "Application Layer Protocol"),
          Map.entry("T1071.001", "Web Protocols"),
          Map.entry("T1071.002", "File Transfer Protocols"),
          Map.entry("T1071.003", "Mail Protocols"),
          Map.entry("T1071.004", "DNS"),
          Map.entry("T1071.005", "Publish/Subscribe Protocols"),
          Map.entry("T1078", "Valid Accounts"),
          Map.entry("T1090", "Proxy"),
          Map.entry("T1095", "Non-Application Layer Protocol"),
          Map.entry("T1102", "Web Service"),
          Map.entry("T1110", "Brute Force"),
          Map.entry("T1132", "Data Encoding"),
          Map.entry("T1219", "Remote Access Tools"),
          Map.entry("T1552", "Unsecured Credentials"),
          Map.entry("T1553", "Subvert Trust Controls"),
          Map.entry("T1557", "Adversary-in-the-Middle"),
          Map.entry("T1557.002", "ARP Cache Poisoning"),
          Map.entry("T1571", "Non-Standard Port"),
          Map.entry("T1572", "Protocol Tunneling"),
          Map.entry("T1573", "Encrypted Channel"),
          Map.entry("T1573.001", "Symmetric Cryptography"),
          Map.entry("T1573.002", "Asymmetric Cryptography"),
          Map.entry("T1587", "Develop Capabilities"),
          Map.entry("T1587.003", "Digital Certificates"),
          Map.entry("T1588", "Obtain Capabilities"),
          Map.entry("T1588.004", "Digital Certificates"),
          Map.entry("T1600", "Weaken Encryption"),
          Map.entry("T1659", "Content Injection"));

  private Techniques() {}

  /** The technique's name; its id when it is not in the list, so that lists stay in step. */
  static String name(String id) {
    return NAMES.getOrDefault(id, id);
  }

  static boolean isKnown(String id) {
    return NAMES.containsKey(id);
  }
}
