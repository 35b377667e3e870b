package dev.forensics.indexer.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** What is wrong with a file of certificates. */
final class CertificateFile {
  private CertificateFile() {}

  /**
   * Why Elasticsearch cannot be verified with it, in words; empty when it can.
   *
   * @param file readable
   */
  static Optional<String> problem(Path file, Instant now) {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (all.isEmpty()) {
        return Optional.of("holds no certificate (PEM): " + file);
      }
      return all.stream().allMatch(one -> isOver(one, now))
          ? Optional.of(
              "the certificate has expired at "
                  + ((X509Certificate) all.iterator().next()).getNotAfter().toInstant()
                  + ": "
                  + file)
          : Optional.empty();
    } catch (CertificateException e) {
      return Optional.of("is no certificate (PEM): " + file);
    } catch (IOException e) {
      return Optional.of("cannot be read: " + file);
    }
  }

  private static boolean isOver(Certificate one, Instant now) {
    return one instanceof X509Certificate certificate
        && certificate.getNotAfter().toInstant().isBefore(now);
  }
}
