package dev.forensics.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.config.ConfigLoader;
import dev.forensics.indexer.config.IndexerConfig;
import dev.forensics.indexer.config.SensorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What docker-compose.yml promises: pinned, on loopback, without privileges, secrets outside. */
class ComposeFileTest {
  private static final Path ROOT = Path.of("..");
  private static Map<String, Object> file;
  private static Map<String, Map<String, Object>> services;

  @BeforeAll
  static void read() throws IOException {
    String text = Files.readString(ROOT.resolve("docker-compose.yml"));
    file = map(new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
    services = mapOfMaps(file.get("services"));
  }

  @Test
  void shouldPinTheStackToTheVersionOfTheBuild() throws IOException {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    Matcher version =
        Pattern.compile("<elasticsearch\\.version>([^<]+)</elasticsearch\\.version>").matcher(pom);
    assertThat(version.find()).isTrue();
    for (String name : List.of("certificates", "elasticsearch", "users", "kibana")) {
      assertThat((String) services.get(name).get("image"))
          .startsWith("docker.elastic.co/")
          .endsWith(":${STACK_VERSION:-" + version.group(1) + "}");
    }
  }

  @Test
  void shouldPublishOnLoopbackOnly() {
    services.forEach(
        (name, service) ->
            strings(service.get("ports"))
                .forEach(port -> assertThat(port).as(name).startsWith("127.0.0.1:")));
  }

  @Test
  void shouldTakePrivilegesFromEveryService() {
    services.forEach(
        (name, service) -> {
          assertThat(strings(service.get("cap_drop"))).as(name).containsExactly("ALL");
          assertThat(strings(service.get("security_opt")))
              .as(name)
              .containsExactly("no-new-privileges:true");
          assertThat(service).as(name).doesNotContainKeys("privileged", "cap_add");
        });
  }

  @Test
  void shouldRunTheIndexerAsAnOrdinaryUserOverReadOnlyFiles() {
    for (String name : List.of("setup", "indexer")) {
      Map<String, Object> service = services.get(name);
      assertThat((String) service.get("user")).matches("[1-9]\\d*:[1-9]\\d*");
      assertThat(service.get("read_only")).isEqualTo(true);
      assertThat(strings(service.get("tmpfs"))).singleElement().asString().startsWith("/tmp:");
      for (String volume : strings(service.get("volumes"))) {
        boolean state = volume.equals("indexer-state:/var/lib/forensics");
        assertThat(state || volume.endsWith(":ro")).as(volume).isTrue();
      }
    }
  }

  @Test
  void shouldHoldNoSecret() {
    services.forEach(
        (name, service) ->
            map(service.getOrDefault("environment", Map.of()))
                .forEach(
                    (key, value) -> {
                      if (key.endsWith("PASSWORD") || key.endsWith("ENCRYPTIONKEY")) {
                        assertThat(value.toString())
                            .as("%s of %s: required from outside", key, name)
                            .matches("\\$\\{[A-Z_]+:\\?[^}]+}");
                      }
                    }));
    mapOfMaps(file.get("secrets"))
        .values()
        .forEach(secret -> assertThat(secret).containsOnlyKeys("environment"));
  }

  @Test
  void shouldWaitOnlyForWhatBecomesReady() {
    services.forEach(
        (name, service) ->
            mapOfMaps(service.getOrDefault("depends_on", Map.of()))
                .forEach((other, how) -> assertReady(name, other, how.get("condition"))));
  }

  private static void assertReady(String name, String other, Object condition) {
    assertThat(services).as("%s depends on", name).containsKey(other);
    Map<String, Object> dependency = services.get(other);
    if ("service_healthy".equals(condition)) {
      assertThat(dependency).as(other).containsKey("healthcheck");
    } else {
      assertThat(condition).as(name).isEqualTo("service_completed_successfully");
      assertThat(dependency.get("restart")).as(other).isEqualTo("no");
    }
  }

  @Test
  void shouldUseOnlyVolumesSecretsAndFilesThatExist() {
    services.forEach(
        (name, service) -> {
          for (String volume : strings(service.get("volumes"))) {
            if (volume.startsWith("./")) {
              assertThat(ROOT.resolve(volume.substring(0, volume.indexOf(':')))).exists();
            } else if (!volume.startsWith("$")) {
              assertThat(map(file.get("volumes")))
                  .as("volume of %s", name)
                  .containsKey(volume.substring(0, volume.indexOf(':')));
            }
          }
          assertThat(map(file.get("secrets")).keySet())
              .containsAll(strings(service.get("secrets")));
        });
    assertThat(ROOT.resolve("indexer/Dockerfile")).exists();
  }

  @Test
  void shouldKeepStateInNamedVolumesOfServicesThatGoOnRunning() {
    for (String name : List.of("elasticsearch", "kibana", "indexer")) {
      assertThat(services.get(name).get("restart")).as(name).isEqualTo("unless-stopped");
      assertThat(services.get(name)).as(name).containsKey("healthcheck");
      assertThat(strings(services.get(name).get("volumes")))
          .as(name)
          .anyMatch(volume -> volume.matches("[a-z]+-(data|state):/.*"));
    }
  }

  @Test
  void shouldRunTheServiceOnceEverythingIsInstalled() {
    Map<String, Object> indexer = services.get("indexer");
    assertThat(strings(indexer.get("command")))
        .containsExactly("run", "--config", "/etc/forensics/forensics.yml");
    assertThat(map(indexer.get("environment")))
        .containsEntry("FORENSICS_ELASTICSEARCH_USER", "forensics_writer")
        .containsEntry("FORENSICS_ELASTICSEARCH_PASSWORD_FILE", "/run/secrets/indexer_password");
    assertThat(map(indexer.get("depends_on"))).containsOnlyKeys("setup");
    assertThat(strings(services.get("setup").get("command")))
        .startsWith("setup", "--config", "/etc/forensics/forensics.yml")
        .contains("--kibana", "http://kibana:5601");
    assertThat(map(services.get("setup").get("depends_on"))).containsOnlyKeys("kibana");
    assertThat(strings(services.get("users").get("volumes")))
        .anyMatch(volume -> volume.contains("/resources/elasticsearch/roles/writer.json:"));
  }

  @Test
  void shouldGiveTheServiceAConfigurationThatFitsItsMounts(@TempDir Path folder) throws Exception {
    IndexerConfig config = indexerConfig(folder);

    List<String> volumes = strings(services.get("indexer").get("volumes"));
    assertThat(volumes).contains("./indexer/docker/forensics.yml:/etc/forensics/forensics.yml:ro");
    assertThat(volumes).contains("indexer-state:" + config.state());
    assertThat(config.evidence().folder()).startsWithRaw(config.state());
    for (SensorConfig sensor : config.sensors()) {
      assertThat(volumes).contains("${CAPTURES:-./samples}:" + sensor.captures() + ":ro");
    }
    int port = config.http().port();
    assertThat(strings(services.get("indexer").get("ports")))
        .containsExactly("127.0.0.1:" + port + ":" + port);
    assertThat(config.http().url()).isEqualTo("http://localhost:" + port);
    assertThat(strings(map(services.get("indexer").get("healthcheck")).get("test")))
        .last()
        .asString()
        .contains("/dev/tcp/127.0.0.1/" + port, "GET /health ");
  }

  /** Any that Java knows, in PEM. */
  private static String certificate() throws Exception {
    TrustManagerFactory known =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    known.init((KeyStore) null);
    X509TrustManager trusted = (X509TrustManager) known.getTrustManagers()[0];
    byte[] encoded = trusted.getAcceptedIssuers()[0].getEncoded();
    String lines = Base64.getMimeEncoder().encodeToString(encoded);
    return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
  }

  /** The certificate and the token lie in the containers only. */
  private static IndexerConfig indexerConfig(Path folder) throws Exception {
    String yaml = Files.readString(ROOT.resolve("indexer/docker/forensics.yml"));
    Map<String, String> contents =
        Map.of("/certificates/ca/ca.crt", certificate(), "/run/secrets/packet_token", "secret");
    for (Map.Entry<String, String> content : contents.entrySet()) {
      String name = content.getKey();
      assertThat(yaml).contains(name);
      Path file = folder.resolve(Path.of(name).getFileName());
      yaml = yaml.replace(name, Files.writeString(file, content.getValue()).toString());
    }
    Path file = Files.writeString(folder.resolve("forensics.yml"), yaml);
    return ConfigLoader.load(file, Map.of());
  }

  @SuppressWarnings("unchecked") // YAML mappings have text keys here
  private static Map<String, Object> map(Object node) {
    return (Map<String, Object>) node;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, Object>> mapOfMaps(Object node) {
    return (Map<String, Map<String, Object>>) node;
  }

  @SuppressWarnings("unchecked")
  private static List<String> strings(Object node) {
    return node == null ? List.of() : (List<String>) node;
  }
}
