package dev.forensics.indexer.decode;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Where decoded conversations differ from tshark's, and why each is meant. Listed with the same
 * reasons in docs/testing.md.
 */
final class ExplainedDifferences {
  /**
   * @param missing conversations that only tshark has
   * @param surplus conversations that only the decoder has
   * @param others whether conversations that both have have fewer packets, or more
   */
  record Difference(Set<String> missing, Set<String> surplus, Packets others, String reason) {}

  /** How many packets conversations have that both know. */
  enum Packets {
    SAME,
    FEWER,
    MORE
  }

  static final Difference NONE = new Difference(Set.of(), Set.of(), Packets.SAME, "");

  private static final String DAMAGE =
      "tshark stops at a damaged record; what stands behind it is read";

  private static final String PSEUDOWIRE =
      "tshark takes the pseudowire's control word for a MAC address, or the other way round";
  private static final String COMPRESSED =
      "tshark inflates the payload of IPComp (protocol 108); the decoder counts it as protocol 108";

  private static final Map<String, Difference> BY_CAPTURE =
      Map.of(
          "AlexeyVasilev+PcapFlowLab/tests/data/parsing/geneve/"
              + "24_geneve_outer_ipv6_fragmentation.pcap",
          surplus(
              "udp 2001:db8:50:1:0:0:0:1 54231 - 2001:db8:50:1:0:0:0:2 6081",
              "the inner packet is malformed, so the datagram is a flow of its outer UDP ports"),
          "AlexeyVasilev+PcapFlowLab/tests/data/parsing/mpls_pw/02_mpls_pw_eth_ipv4_udp_no_cw.pcap",
          surplus("udp 192.0.2.50 53560 - 198.51.100.50 443", PSEUDOWIRE),
          "AlexeyVasilev+PcapFlowLab/tests/data/parsing/mpls_pw/"
              + "17_mpls_pw_outer_qinq_inner_ipv4_udp_cw.pcap",
          surplus("udp 192.0.2.50 53560 - 198.51.100.50 443", PSEUDOWIRE),
          "AlexeyVasilev+PcapFlowLab/tests/data/parsing/mpls_pw/"
              + "18_mpls_pw_outer_legacy_vlan_ipv4_tcp_cw.pcap",
          surplus("tcp 192.0.2.50 49180 - 198.51.100.50 443", PSEUDOWIRE),
          "OISF+suricata-verify/tests/bug-6875-01/fuzz.pcap",
          surplus("tcp 192.168.10.30 445 - 192.168.10.31 49266", DAMAGE),
          "OISF+suricata-verify/tests/transform-base64-7296/input.pcap",
          missing(
              "tcp 127.0.0.1 59207 - 223.138.31.144 44354",
              "an address was cut out of these packets: their TCP data offset is past their end"),
          "seladb+PcapPlusPlus/Tests/ExamplesTest/pcap_examples/ipv6.pcapng",
          new Difference(
              Set.of("udp 153.16.31.80 4342 - 23.91.153.57 4342"),
              Set.of(
                  "udp 192.168.1.110 4342 - 84.88.16.10 4342",
                  "udp 2001:4f8:3:d:0:0:0:60 4341 - 2607:f2c0:f00f:b001:0:0:face:b00c 4341"),
              Packets.SAME,
              "LISP is not looked into: its packets are flows of their outer UDP ports"),
          "the-tcpdump-group+libpcap/tests/filter/AH-IPcomp-IPv4.pcap",
          new Difference(Set.of(), Set.of(), Packets.FEWER, COMPRESSED),
          "the-tcpdump-group+libpcap/tests/filter/AH-IPcomp-IPv6.pcap",
          new Difference(Set.of(), Set.of(), Packets.FEWER, COMPRESSED),
          "the-tcpdump-group+libpcap/tests/filter/ipv6_ext_headers.pcap",
          missing(
              "udp 2001:db8:0:0:0:0:0:1 12345 - 2001:db8:0:0:0:0:0:2 54321",
              "one packet with more extension headers than the decoder's bound of 32 headers"));

  /** Damaged in their middle; see docs/testing.md. */
  private static final Set<String> DAMAGED =
      Set.of(
          "OISF+suricata-verify/tests/bug-1450-04/tls_DER-incomplete-header.pcap",
          "OISF+suricata-verify/tests/bug-1450-05/tls_DER-incomplete-content.pcap",
          "OISF+suricata-verify/tests/smtp-to-comma/10.7.29.101_49898-178.63.41.150_25.pcap");

  private ExplainedDifferences() {}

  static Difference of(String capture) {
    return DAMAGED.contains(capture)
        ? new Difference(Set.of(), Set.of(), Packets.MORE, DAMAGE)
        : BY_CAPTURE.getOrDefault(capture, NONE);
  }

  static Set<String> captures() {
    Set<String> all = new HashSet<>(BY_CAPTURE.keySet());
    all.addAll(DAMAGED);
    return all;
  }

  private static Difference surplus(String conversation, String reason) {
    return new Difference(Set.of(), Set.of(conversation), Packets.SAME, reason);
  }

  private static Difference missing(String conversation, String reason) {
    return new Difference(Set.of(conversation), Set.of(), Packets.SAME, reason);
  }
}
