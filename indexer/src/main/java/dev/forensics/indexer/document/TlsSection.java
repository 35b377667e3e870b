package dev.forensics.indexer.document;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.detect.tls.CertificateFacts;
import dev.forensics.indexer.detect.tls.TlsFacts;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;
import java.util.Locale;

/** "tls", and "tls" of "forensics". */
final class TlsSection implements FactsSection<TlsFacts> {
  static final SerializableString TLS = JsonWriter.name("tls");
  static final SerializableString CLIENT = JsonWriter.name("client");
  static final SerializableString SERVER_NAME = JsonWriter.name("server_name");
  static final SerializableString JA3 = JsonWriter.name("ja3");
  static final SerializableString JA4 = JsonWriter.name("ja4");
  static final SerializableString ALPN_OFFERED = JsonWriter.name("alpn_offered");
  private static final SerializableString SSL = JsonWriter.name("ssl");
  private static final SerializableString VERSION = JsonWriter.name("version");
  private static final SerializableString VERSION_PROTOCOL = JsonWriter.name("version_protocol");
  private static final SerializableString CIPHER = JsonWriter.name("cipher");
  private static final SerializableString ESTABLISHED = JsonWriter.name("established");
  private static final SerializableString RESUMED = JsonWriter.name("resumed");
  private static final SerializableString NEXT_PROTOCOL = JsonWriter.name("next_protocol");
  private static final SerializableString SERVER = JsonWriter.name("server");
  private static final SerializableString JA3S = JsonWriter.name("ja3s");
  private static final SerializableString SUBJECT = JsonWriter.name("subject");
  private static final SerializableString ISSUER = JsonWriter.name("issuer");
  private static final SerializableString NOT_BEFORE = JsonWriter.name("not_before");
  private static final SerializableString NOT_AFTER = JsonWriter.name("not_after");
  private static final SerializableString HASH = JsonWriter.name("hash");
  private static final SerializableString SHA256 = JsonWriter.name("sha256");
  private static final SerializableString X509 = JsonWriter.name("x509");
  private static final SerializableString COMMON_NAME = JsonWriter.name("common_name");
  private static final SerializableString ALTERNATIVE_NAMES = JsonWriter.name("alternative_names");
  private static final SerializableString SERIAL_NUMBER = JsonWriter.name("serial_number");
  private static final SerializableString KEY_ALGORITHM = JsonWriter.name("public_key_algorithm");
  private static final SerializableString SIGNATURE_ALGORITHM =
      JsonWriter.name("signature_algorithm");
  private static final SerializableString OFFERED_VERSION = JsonWriter.name("offered_version");
  private static final SerializableString CLIENT_ALERT = JsonWriter.name("client_alert");
  private static final SerializableString SERVER_ALERT = JsonWriter.name("server_alert");
  private static final SerializableString SELF_SIGNED = JsonWriter.name("self_signed");
  private static final SerializableString CHAIN_LENGTH = JsonWriter.name("chain_length");
  private static final SerializableString BROKEN = JsonWriter.name("broken_certificates");
  private static final SerializableString SSL2_HELLO = JsonWriter.name("ssl2_hello");

  /** Versions at and below SSL 3 on the wire. */
  private static final int SSL3 = 0x0300;

  @Override
  public Class<TlsFacts> facts() {
    return TlsFacts.class;
  }

  @Override
  public List<Field> fields() {
    return TlsFields.all();
  }

  @Override
  public void writeRoot(TlsFacts facts, Flow flow, JsonWriter json) {
    json.open(TLS);
    if (facts.versionNumber != 0) {
      json.text(VERSION, TlsNames.version(facts.versionNumber));
      json.constant(VERSION_PROTOCOL, facts.versionNumber <= SSL3 ? SSL : TLS);
    }
    json.text(CIPHER, facts.cipherName);
    json.flag(ESTABLISHED, facts.established);
    json.flag(RESUMED, facts.resumed);
    json.text(NEXT_PROTOCOL, Masks.alpn(facts.alpn));
    if (facts.serverName != null || facts.ja3 != null || !facts.clientCertificates.isEmpty()) {
      json.open(CLIENT);
      json.text(SERVER_NAME, Masks.host(facts.serverName));
      json.text(JA3, facts.ja3);
      writeCertificate(facts.clientCertificates, json);
      json.close();
    }
    if (facts.ja3s != null || !facts.certificates.isEmpty()) {
      json.open(SERVER);
      json.text(JA3S, facts.ja3s);
      writeCertificate(facts.certificates, json);
      json.close();
    }
    json.close();
  }

  @Override
  public void writeForensics(TlsFacts facts, Flow flow, JsonWriter json) {
    String offered = TlsNames.version(facts.offeredVersion);
    String clientAlert = TlsNames.alert(facts.clientAlert);
    String serverAlert = TlsNames.alert(facts.serverAlert);
    boolean any =
        facts.ja4 != null
            || !facts.alpnOffered.isEmpty()
            || offered != null
            || clientAlert != null
            || serverAlert != null
            || !facts.certificates.isEmpty()
            || facts.brokenCertificates > 0
            || facts.ssl2Hello;
    if (any) {
      writeHandshake(facts, offered, clientAlert, serverAlert, json);
    }
  }

  private static void writeHandshake(
      TlsFacts facts, String offered, String clientAlert, String serverAlert, JsonWriter json) {
    json.open(TLS);
    json.text(JA4, facts.ja4);
    json.texts(ALPN_OFFERED, Masks.alpn(facts.alpnOffered));
    json.text(OFFERED_VERSION, offered);
    json.text(CLIENT_ALERT, clientAlert);
    json.text(SERVER_ALERT, serverAlert);
    if (!facts.certificates.isEmpty()) {
      json.flag(SELF_SIGNED, facts.certificates.get(0).selfSigned());
      json.number(CHAIN_LENGTH, facts.certificates.size());
    }
    if (facts.brokenCertificates > 0) {
      json.number(BROKEN, facts.brokenCertificates);
    }
    if (facts.ssl2Hello) {
      json.flag(SSL2_HELLO, true);
    }
    json.close();
  }

  @Override
  public void names(TlsFacts facts, HostNames names) {
    names.ofDestination(Masks.host(facts.serverName));
  }

  private static void writeCertificate(List<CertificateFacts> chain, JsonWriter json) {
    if (chain.isEmpty()) {
      return;
    }
    CertificateFacts certificate = chain.get(0);
    json.text(SUBJECT, Masks.distinguishedName(certificate.subject()));
    json.text(ISSUER, Masks.distinguishedName(certificate.issuer()));
    json.timeMillis(NOT_BEFORE, certificate.notBeforeMillis());
    json.timeMillis(NOT_AFTER, certificate.notAfterMillis());
    json.open(HASH);
    json.text(SHA256, certificate.sha256().toUpperCase(Locale.ROOT));
    json.close();
    json.open(X509);
    if (certificate.commonName() != null) {
      json.open(SUBJECT);
      json.text(COMMON_NAME, Masks.commonName(certificate.commonName()));
      json.close();
    }
    json.texts(ALTERNATIVE_NAMES, certificate.names().stream().map(Masks::host).toList());
    json.text(SERIAL_NUMBER, certificate.serial().toUpperCase(Locale.ROOT));
    json.text(KEY_ALGORITHM, certificate.keyAlgorithm());
    json.text(SIGNATURE_ALGORITHM, certificate.signatureAlgorithm());
    json.close();
  }
}
