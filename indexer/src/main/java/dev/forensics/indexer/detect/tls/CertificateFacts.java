package dev.forensics.indexer.detect.tls;

import java.util.List;

/**
 * What a certificate says (RFC 5280).
 *
 * @param sha256 of its DER bytes, lower-case hex
 * @param subject distinguished name, RFC 2253
 * @param issuer distinguished name, RFC 2253
 * @param serial serial number, lower-case hex
 * @param notBeforeMillis start of its validity, milliseconds since the epoch
 * @param notAfterMillis end of its validity, milliseconds since the epoch
 * @param names DNS names and IP addresses of the subject's alternative names, at most 64
 * @param commonName CN of the subject, or null
 * @param selfSigned true when subject and issuer are the same
 * @param keyAlgorithm such as "RSA"
 * @param signatureAlgorithm such as "SHA256withRSA"
 */
public record CertificateFacts(
    String sha256,
    String subject,
    String issuer,
    String serial,
    long notBeforeMillis,
    long notAfterMillis,
    List<String> names,
    String commonName,
    boolean selfSigned,
    String keyAlgorithm,
    String signatureAlgorithm) {

  private static final int BYTES = 600;
  private static final int BYTES_A_NAME = 64;

  /** Copies the names. */
  public CertificateFacts {
    names = List.copyOf(names);
  }

  /** Roughly the bytes of memory that it takes. */
  int keptBytes() {
    int bytes = BYTES + subject.length() + issuer.length();
    for (String name : names) {
      bytes += BYTES_A_NAME + name.length();
    }
    return bytes;
  }
}
