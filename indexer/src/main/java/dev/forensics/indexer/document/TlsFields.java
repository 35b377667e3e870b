package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.BOOLEAN;
import static dev.forensics.indexer.document.FieldType.DATE;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;

import java.util.ArrayList;
import java.util.List;

/** The fields of {@link TlsSection}. */
final class TlsFields {
  private TlsFields() {}

  static List<Field> all() {
    List<Field> fields = new ArrayList<>();
    fields.addAll(handshake());
    addCertificate(fields, "client");
    addCertificate(fields, "server");
    fields.addAll(own());
    return List.copyOf(fields);
  }

  private static List<Field> handshake() {
    return List.of(
        Field.ecs("tls.version", KEYWORD, "Version that the server chose.", "1.3"),
        Field.ecs("tls.version_protocol", KEYWORD, "tls, or ssl for SSL 2 and 3.", "tls"),
        Field.ecs(
            "tls.cipher", KEYWORD, "Cipher suite that the server chose.", "TLS_AES_128_GCM_SHA256"),
        Field.ecs(
            "tls.established",
            BOOLEAN,
            "Both sides sent encrypted handshake or application data.",
            "true"),
        Field.ecs(
            "tls.resumed", BOOLEAN, "The session was resumed, as far as it can be seen.", "false"),
        Field.ecs(
            "tls.next_protocol",
            KEYWORD,
            "Protocol that the server chose by ALPN (TLS 1.2 and older).",
            "h2"),
        Field.ecs(
            "tls.client.server_name",
            KEYWORD,
            "Server name (SNI) that the client asked for.",
            "web.telegram.org"),
        Field.ecs(
            "tls.client.ja3",
            KEYWORD,
            "JA3 fingerprint of the ClientHello.",
            "d4e5b18d6b55c71272893221c96ba240"),
        Field.ecs(
            "tls.server.ja3s",
            KEYWORD,
            "JA3S fingerprint of the ServerHello.",
            "394441ab65754e2207b1e1b457b3641d"));
  }

  private static void addCertificate(List<Field> fields, String side) {
    String root = "tls." + side + ".";
    String of = " of the " + side + "'s certificate (TLS 1.2 and older).";
    fields.add(Field.ecs(root + "subject", KEYWORD, "Subject" + of, "CN=example.org"));
    fields.add(Field.ecs(root + "issuer", KEYWORD, "Issuer" + of, "CN=Example CA"));
    fields.add(
        Field.ecs(
            root + "not_before", DATE, "Begin of validity" + of, "2026-01-01T00:00:00.000000000Z"));
    fields.add(
        Field.ecs(
            root + "not_after", DATE, "End of validity" + of, "2027-01-01T00:00:00.000000000Z"));
    fields.add(
        Field.ecs(
            root + "hash.sha256",
            KEYWORD,
            "SHA-256, upper case," + of,
            "0687F666A054EF17A08E2F2162EAB4CBC0D265E1D7875BE74BF3C712CA92DAF0"));
    String x509 = root + "x509.";
    fields.add(Field.ecs(x509 + "subject.common_name", KEYWORD, "Common name" + of, "example.org"));
    fields.add(
        Field.ecs(x509 + "alternative_names", KEYWORD, "Alternative names" + of, "www.example.org")
            .many());
    fields.add(
        Field.ecs(x509 + "serial_number", KEYWORD, "Serial number, upper case," + of, "55FBB9C7"));
    fields.add(
        Field.ecs(x509 + "public_key_algorithm", KEYWORD, "Algorithm of the key" + of, "RSA"));
    fields.add(
        Field.ecs(
            x509 + "signature_algorithm", KEYWORD, "Signature algorithm" + of, "SHA256withRSA"));
  }

  private static List<Field> own() {
    return List.of(
        Field.own(
            "forensics.tls.ja4",
            KEYWORD,
            "JA4 fingerprint of the ClientHello; of QUIC too.",
            "t13d1516h2_8daaf6152771_e5627efa2ab1"),
        Field.own(
                "forensics.tls.alpn_offered",
                KEYWORD,
                "Protocols that the client offered by ALPN; of QUIC too.",
                "h2")
            .many(),
        Field.own(
            "forensics.tls.offered_version",
            KEYWORD,
            "Highest version that the client offered.",
            "1.3"),
        Field.own(
            "forensics.tls.client_alert",
            KEYWORD,
            "First plaintext alert of the client, by RFC 8446 section 6.",
            "unknown_ca"),
        Field.own(
            "forensics.tls.server_alert",
            KEYWORD,
            "First plaintext alert of the server, by RFC 8446 section 6.",
            "handshake_failure"),
        Field.own(
            "forensics.tls.self_signed",
            BOOLEAN,
            "Subject and issuer of the server's certificate are the same.",
            "false"),
        Field.own(
                "forensics.tls.chain_length",
                LONG,
                "Certificates that the server sent and that could be read.",
                "2")
            .unit("certificates"),
        Field.own(
                "forensics.tls.broken_certificates",
                LONG,
                "Certificates that could not be read.",
                "0")
            .unit("certificates"),
        Field.own("forensics.tls.ssl2_hello", BOOLEAN, "An SSL 2 ClientHello was seen.", "false"));
  }
}
