package dev.forensics.indexer.detect;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the verdicts differ from the ground truth, and why each is meant. Listed with the same
 * reasons in docs/testing.md.
 */
final class ExplainedVerdicts {
  private static final Map<String, List<String>> BY_CAPTURE =
      Map.ofEntries(
          Map.entry(
              "OISF+suricata-verify/tests/firewall/"
                  + "app-layer-protocol-negated-unknown-shortcircuit/input.pcap",
              List.of(
                  "hello:  6ee7f9475e7f8107f2bf5164f4e9e9c0",
                  "ja4: t12i010000_dc2b145ead28_000000000000")),
          // plaintext HTTP to port 443 within CONNECT: the truth looks at the proxy's port alone
          Map.entry(
              "OISF+suricata-verify/tests/http-connect/http-connect-simple/input.pcap",
              List.of(
                  "alarm: HTTP/1.1 request GET / (no host named) without TLS on HTTPS port 443 of abc"
                      + " through the HTTP proxy on port 8002 was accepted (answered 200).")),
          // decrypted HTTP/2 written to port 443: a right alarm that tshark has no list for
          Map.entry(
              "OISF+suricata-verify/tests/http2-bugfixes/input.pcap",
              List.of(
                  "alarm: HTTP/2 request with prior knowledge (h2c preface) GET /robots.txt for"
                      + " host www.youtube.com without TLS on HTTPS port 443 was accepted (answered"
                      + " in HTTP/2); sent in the clear: cookies.")),
          // an SSLv2 hello has no fields to take a JA4 of
          Map.entry(
              "arkime+arkime/tests/pcap/pppoe.pcap",
              List.of("ja4: ts3i000000_000000000000_000000000000")),
          // STARTTLS
          Map.entry(
              "cisco+mercury/unit_tests/pcaps/imap2.pcap",
              List.of(
                  "hello:  b1fbf71983dc2a72277e70ec11e3a979",
                  "ja4: t12i980500_fb65fcf89bd4_a1e935682795")),
          // TLS within OpenVPN's control channel
          Map.entry(
              "cisco+mercury/unit_tests/pcaps/openvpn_tcp_multi.pcap",
              List.of(
                  "hello:  f0d20361ae57a5c81d94ac774a736a52",
                  "hello:  f0d20361ae57a5c81d94ac774a736a52",
                  "ja4: t10i510400_54da1506f81e_282f11336259",
                  "ja4: t10i510400_54da1506f81e_282f11336259")),
          Map.entry(
              "ntop+nDPI/tests/cfgs/default/pcap/openvpn.pcap",
              List.of(
                  "hello:  f0d20361ae57a5c81d94ac774a736a52",
                  "ja4: t10i510400_54da1506f81e_282f11336259")));

  private ExplainedVerdicts() {}

  static List<String> of(String capture) {
    return BY_CAPTURE.getOrDefault(capture, List.of());
  }

  static Set<String> captures() {
    return BY_CAPTURE.keySet();
  }
}
