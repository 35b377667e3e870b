package dev.forensics.indexer.index.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Users in files and a self-signed certificate for loopback. */
final class NodeSecurity {
  /** The part of elasticsearch.yml that turns both on. */
  static final String SETTINGS =
      """
      xpack.security.enabled: true
      xpack.security.http.ssl.enabled: true
      xpack.security.http.ssl.key: node.key
      xpack.security.http.ssl.certificate: node.crt
      xpack.security.authc.realms.file.file1.order: 0
      """;

  private static final String ALIAS = "node";
  private static final int HASH_ROUNDS = 10_000;
  private static final int HASH_BITS = 256;
  private static final int SALT_BYTES = 32;
  private static final int KEYTOOL_SECONDS = 60;
  private static final SecureRandom RANDOM = new SecureRandom();

  private NodeSecurity() {}

  static void write(NodeFolder folder, EmbeddedSecurity security)
      throws IOException, InterruptedException {
    Path config = folder.config();
    Files.writeString(config.resolve("roles.yml"), security.rolesYaml());
    Files.write(config.resolve("users"), userLines(security.users()));
    Files.write(config.resolve("users_roles"), roleLines(security.users()));
    if (!Files.exists(folder.certificate())) {
      writeCertificate(folder);
    }
  }

  private static List<String> userLines(List<EmbeddedSecurity.User> users) {
    return users.stream().map(user -> user.name() + ":" + hash(user.password())).toList();
  }

  private static List<String> roleLines(List<EmbeddedSecurity.User> users) {
    List<String> lines = new ArrayList<>();
    for (String role : users.stream().flatMap(user -> user.roles().stream()).distinct().toList()) {
      lines.add(
          users.stream()
              .filter(user -> user.roles().contains(role))
              .map(EmbeddedSecurity.User::name)
              .collect(Collectors.joining(",", role + ":", "")));
    }
    return lines;
  }

  /** The form Elasticsearch's file realm stores: rounds, salt and PBKDF2-HMAC-SHA512. */
  private static String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, HASH_ROUNDS, HASH_BITS);
    try {
      byte[] key =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
      Base64.Encoder base64 = Base64.getEncoder();
      return "{PBKDF2}"
          + HASH_ROUNDS
          + "$"
          + base64.encodeToString(salt)
          + "$"
          + base64.encodeToString(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no PBKDF2WithHmacSHA512", e);
    } finally {
      spec.clearPassword();
    }
  }

  private static void writeCertificate(NodeFolder folder) throws IOException, InterruptedException {
    byte[] secret = new byte[16];
    RANDOM.nextBytes(secret);
    String password = HexFormat.of().formatHex(secret);
    Path store = folder.temporaryFiles().resolve("node.p12");
    runKeytool(store, password, folder.temporaryFiles().resolve("keytool.log"));
    char[] characters = password.toCharArray();
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, characters);
      writePem(
          folder.config().resolve("node.key"),
          "PRIVATE KEY",
          keys.getKey(ALIAS, characters).getEncoded());
      writePem(folder.certificate(), "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IOException("certificate for the node could not be made", e);
    } finally {
      Arrays.fill(characters, ' ');
      Files.deleteIfExists(store);
    }
  }

  /** The platform has no other public way to sign a certificate. The store lives for a moment. */
  private static void runKeytool(Path store, String password, Path output)
      throws IOException, InterruptedException {
    Files.deleteIfExists(store);
    ProcessBuilder command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                "STORE_PASSWORD")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    command.environment().put("STORE_PASSWORD", password);
    Process keytool = command.start();
    if (!keytool.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      keytool.destroyForcibly();
      throw new IOException("keytool failed: " + LogTail.of(output, 5));
    }
  }

  private static void writePem(Path file, String type, byte[] der) throws IOException {
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    String text =
        "-----BEGIN "
            + type
            + "-----\n"
            + lines.encodeToString(der)
            + "\n-----END "
            + type
            + "-----\n";
    Files.write(file, text.getBytes(StandardCharsets.US_ASCII));
  }
}
