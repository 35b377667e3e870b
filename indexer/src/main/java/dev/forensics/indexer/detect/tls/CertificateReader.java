package dev.forensics.indexer.detect.tls;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/**
 * Reads certificates. The same few are sent again and again, so what was read is remembered by
 * hash, up to a limit. Thread-safe.
 */
final class CertificateReader {
  private static final int REMEMBERED = 4096;
  private static final int NAMES = 64;
  private static final int TEXT = 1024;
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=((?:\\\\.|[^,\\\\])*)");

  private final Map<String, CertificateFacts> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CertificateFacts> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** What a certificate says; null when it cannot be parsed. */
  CertificateFacts read(byte[] buffer, int offset, int length) {
    String hash = sha256(buffer, offset, length);
    synchronized (known) {
      CertificateFacts facts = known.get(hash);
      if (facts != null) {
        return facts;
      }
    }
    CertificateFacts parsed = parse(hash, buffer, offset, length);
    if (parsed != null) {
      synchronized (known) {
        known.put(hash, parsed);
      }
    }
    return parsed;
  }

  private static String sha256(byte[] buffer, int offset, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(buffer, offset, length);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** The parser of the Java runtime also throws unchecked exceptions on hostile input. */
  private static CertificateFacts parse(String hash, byte[] buffer, int offset, int length) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      X509Certificate certificate =
          (X509Certificate)
              factory.generateCertificate(new ByteArrayInputStream(buffer, offset, length));
      return facts(hash, certificate);
    } catch (CertificateException | RuntimeException e) {
      return null;
    }
  }

  private static CertificateFacts facts(String hash, X509Certificate certificate) {
    X500Principal subject = certificate.getSubjectX500Principal();
    X500Principal issuer = certificate.getIssuerX500Principal();
    String subjectName = bounded(subject.getName());
    return new CertificateFacts(
        hash,
        subjectName,
        bounded(issuer.getName()),
        bounded(certificate.getSerialNumber().toString(16)),
        certificate.getNotBefore().toInstant().toEpochMilli(),
        certificate.getNotAfter().toInstant().toEpochMilli(),
        names(certificate),
        commonName(subjectName),
        subject.equals(issuer),
        certificate.getPublicKey().getAlgorithm(),
        certificate.getSigAlgName());
  }

  private static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives == null) {
        return names;
      }
      for (List<?> alternative : alternatives) {
        int type = (Integer) alternative.get(0);
        if ((type == DNS_NAME || type == IP_ADDRESS) && names.size() < NAMES) {
          names.add(bounded(alternative.get(1).toString()));
        }
      }
    } catch (CertificateParsingException e) {
      names.clear();
    }
    return names;
  }

  private static String commonName(String subject) {
    Matcher matcher = COMMON_NAME.matcher(subject);
    return matcher.find() ? matcher.group(1) : null;
  }

  private static String bounded(String text) {
    return text.length() > TEXT ? text.substring(0, TEXT) : text;
  }
}
