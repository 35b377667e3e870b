package dev.forensics.indexer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.forensics.indexer.document.PayloadSettings;
import dev.forensics.indexer.flow.FlowSettings;
import dev.forensics.indexer.schedule.Timing;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  private static final String SECRET = "hunter2-hunter2";

  @TempDir Path folder;

  private IndexerConfig parse(String yaml) throws ConfigException {
    return parse(yaml, Map.of());
  }

  private IndexerConfig parse(String yaml, Map<String, String> environment) throws ConfigException {
    return ConfigLoader.parse(yaml, "forensics.yml", folder, environment);
  }

  private List<String> faults(String yaml) {
    return faults(yaml, Map.of());
  }

  private List<String> faults(String yaml, Map<String, String> environment) {
    ConfigException thrown =
        catchThrowableOfType(ConfigException.class, () -> parse(yaml, environment));
    return thrown == null ? List.of() : thrown.faults();
  }

  @Test
  void shouldTakeTheShortestConfigurationForComplete() throws Exception {
    IndexerConfig config =
        parse(
            """
            elasticsearch: { hosts: ["http://127.0.0.1:9200"] }
            sensors:
              - { name: edge-1, captures: /captures/edge-1, every: 1s, quiet: 10s }
            http: { bind: "127.0.0.1:8448" }
            state: ./state        # dead letters, evidence
            """);

    assertThat(config.elasticsearch().hosts()).containsExactly(URI.create("http://127.0.0.1:9200"));
    SensorConfig sensor = config.sensors().get(0);
    assertThat(sensor.name()).isEqualTo("edge-1");
    assertThat(sensor.captures()).isEqualTo(Path.of("/captures/edge-1"));
    assertThat(sensor.timing()).isEqualTo(Timing.every(Duration.ofSeconds(1)));
    assertThat(sensor.quiet()).isEqualTo(Duration.ofSeconds(10));
    assertThat(sensor.settings().flow()).isEqualTo(FlowSettings.defaults());
    assertThat(config.http().url()).isEqualTo("http://127.0.0.1:8448");
    assertThat(config.state()).isEqualTo(folder.resolve("state"));
    assertThat(config.evidence().folder()).isEqualTo(folder.resolve("state/evidence"));
    assertThat(config.elasticsearch().bulk().deadLetterFolder())
        .isEqualTo(folder.resolve("state/dead-letters"));
    assertThat(config.cluster().jdbcUrl()).isNull();
  }

  @Test
  void shouldRefuseToDisableARuleThatDoesNotExist() {
    String yaml = "detection: { disabled_rules: [tls-obsolete-version, http-on-https] }";
    ConfigException thrown = catchThrowableOfType(ConfigException.class, () -> parse(yaml));
    assertThat(thrown.faults())
        .singleElement()
        .asString()
        .contains("disabled_rules: no built-in rule is called http-on-https");
  }

  @Test
  void shouldTellAllFaultsOfAFileInOneMessage() {
    String yaml =
        """
        elasticsearch:
          hosts: ["ftp://example.org", "127.0.0.1:9200"]
          namespace: Upper-Case
          bulk: { max_bytes: 1, concurrency: 99 }
        sensors:
          - { name: "no spaces", captures: /a, every: 0s, workers: none }
          - { name: same, captures: /b, quiet: 0s, include: ["[a"] }
          - { name: same, evry: 1s, flow: { tcp_idle: soon, reassembly_per_direction: 2GiB } }
        http: { bind: "0.0.0.0:8448", public_url: example.org }
        retention: for ever
        cluster: { jdbc_url: "jdbc:mysql://db/forensics", check_in: 0s }
        """;

    ConfigException thrown = catchThrowableOfType(ConfigException.class, () -> parse(yaml));

    assertThat(thrown.faults())
        .extracting(fault -> fault.replaceFirst("(?s)^(line \\d+): ([^:]+):.*$", "$1 $2"))
        .containsExactlyInAnyOrder(
            "line 2 elasticsearch.hosts",
            "line 2 elasticsearch.hosts",
            "line 3 elasticsearch.namespace",
            "line 4 elasticsearch.bulk.max_bytes",
            "line 4 elasticsearch.bulk.concurrency",
            "line 6 sensors[0].name",
            "line 6 sensors[0].every",
            "line 6 sensors[0].workers",
            "line 7 sensors[1].quiet",
            "line 7 sensors[1].include",
            "line 8 sensors[2].name",
            "line 8 sensors[2].captures",
            "line 8 sensors[2].evry",
            "line 8 sensors[2].flow.tcp_idle",
            "line 8 sensors[2].flow.reassembly_per_direction",
            "line 9 http.bind",
            "line 9 http.public_url",
            "line 10 retention",
            "line 11 cluster.jdbc_url",
            "line 11 cluster.check_in");
    assertThat(thrown.getMessage().lines())
        .hasSameSizeAs(thrown.faults())
        .allMatch(line -> line.startsWith("forensics.yml: line "));
  }

  @Test
  void shouldNameTheKnownKeysBesideAnUnknownOne() {
    assertThat(faults("http: { port: 8448 }"))
        .containsExactly(
            "line 1: http.port: is not a known key; known here: bind, public_url, token_file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: [", "\tb: c", "a: 1\n---\nb: 2", "- a\n- b", "? [a]\n: 1", "word"})
  void shouldRefuseWhatIsNoMappingWithoutBreaking(String yaml) {
    assertThat(faults(yaml)).isNotEmpty();
  }

  @Test
  void shouldTakeSecretsFromTheEnvironmentOrFromFiles() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), SECRET + "\n");
    IndexerConfig named =
        parse(
            "",
            Map.of(
                "FORENSICS_ELASTICSEARCH_USER",
                "writer",
                "FORENSICS_ELASTICSEARCH_PASSWORD_FILE",
                password.toString()));
    IndexerConfig key = parse("", Map.of("FORENSICS_ELASTICSEARCH_API_KEY", SECRET));

    assertThat(named.elasticsearch().credentials()).hasToString("user writer");
    assertThat(key.elasticsearch().credentials()).hasToString("API key");
    assertThat(named.toString() + key).doesNotContain(SECRET);
    assertThat(Secrets.read(Map.of("A_FILE", password.toString()), "A")).contains(SECRET);
    assertThat(Secrets.read(Map.of("A", " "), "A")).isEmpty();
  }

  @Test
  void shouldTellWhichSecretIsMissing() {
    assertThat(faults("", Map.of("FORENSICS_ELASTICSEARCH_USER", "writer")))
        .singleElement()
        .asString()
        .contains("FORENSICS_ELASTICSEARCH_PASSWORD");
    assertThat(faults("", Map.of("FORENSICS_ELASTICSEARCH_API_KEY_FILE", "/not/there")))
        .singleElement()
        .asString()
        .contains("FORENSICS_ELASTICSEARCH_API_KEY_FILE: cannot be read: /not/there");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "elasticsearch: { hosts: ['https://elastic:hunter2-hunter2@example.org:9200'] }",
        "elasticsearch: { hosts: ['https://elastic:hunter2-hunter2@not_a_host'] }",
        "elasticsearch: { hosts: ['elastic:hunter2-hunter2@example.org'] }",
        "cluster: { jdbc_url: 'jdbc:postgresql://db/forensics?user=me&password=hunter2-hunter2' }",
        "cluster: { jdbc_url: 'jdbc:postgresql://me:hunter2-hunter2@db/forensics' }",
        "cluster: { jdbc_url: 'postgresql://me:hunter2-hunter2@db/forensics' }",
        "elasticsearch: { password: hunter2-hunter2 }",
        "http: { public_url: 'http://me:hunter2-hunter2@example.org' }"
      })
  void shouldRefuseSecretsInTheFileWithoutRepeatingThem(String yaml) {
    assertThat(faults(yaml)).singleElement().asString().doesNotContain(SECRET);
  }

  @Test
  void shouldTakeACronExpressionInsteadOfAnInterval() throws Exception {
    IndexerConfig config = parse("sensors: [{ name: a, captures: b, cron: '0 0/5 * * * ?' }]");

    assertThat(config.sensors().get(0).timing()).isEqualTo(Timing.cron("0 0/5 * * * ?"));
    assertThat(faults("sensors: [{ name: a, captures: b, cron: '0 0 * * * ?', every: 1s }]"))
        .containsExactly("line 1: sensors[0].cron: give either every or cron, not both");
    assertThat(faults("sensors: [{ name: a, captures: b, cron: '*/5 * * * *' }]"))
        .singleElement()
        .asString()
        .startsWith("line 1: sensors[0].cron: is not a Quartz cron expression (seconds first)");
  }

  @Test
  void shouldTakePortsAndTimesOfEachSensor() throws Exception {
    IndexerConfig config =
        parse(
            """
            detection: { https_ports: [443, 9443] }
            sensors:
              - name: a
                captures: a
                https_ports: 4443
                workers: 4
                flow: { tcp_idle: 90s, active: 10m, max_flows: 1_000, vlan_in_key: true }
              - { name: b, captures: b }
            """);

    SensorConfig first = config.sensors().get(0);
    SensorConfig second = config.sensors().get(1);
    assertThat(first.settings().detection().httpsPorts()).containsExactly(4443);
    assertThat(second.settings().detection().httpsPorts()).containsExactlyInAnyOrder(443, 9443);
    assertThat(first.settings().workers()).isEqualTo(4);
    assertThat(first.settings().flow().tcpIdle()).isEqualTo(Duration.ofSeconds(90));
    assertThat(first.settings().flow().active()).isEqualTo(Duration.ofMinutes(10));
    assertThat(first.settings().flow().maxFlows()).isEqualTo(1_000);
    assertThat(first.settings().flow().vlanInKey()).isTrue();
    assertThat(second.settings().flow()).isEqualTo(FlowSettings.defaults());
    assertThat(first.captures()).isEqualTo(folder.resolve("a"));
  }

  @Test
  void shouldTakeTunnelPortsOfAllAndOfOneSensor() throws Exception {
    IndexerConfig config =
        parse(
            """
            tunnel_ports: { vxlan: [14789, 14790], tzsp: 9999 }
            sensors:
              - { name: a, captures: a, tunnel_ports: { geneve: [9999] } }
              - { name: b, captures: b }
              - { name: c, captures: c, tunnel_ports: {} }
            """);

    assertThat(config.sensors())
        .extracting(sensor -> sensor.settings().tunnelPorts().toString())
        .containsExactly("geneve/9999", "tzsp/9999, vxlan/14789, vxlan/14790", "");
    assertThat(config.tunnelPorts()).isEqualTo(config.sensors().get(1).settings().tunnelPorts());
    assertThat(faults("tunnel_ports: { vxlan: [0, 6081, 5000], geneve: [5000], gre: [1] }"))
        .containsExactly(
            "line 1: tunnel_ports.vxlan: must be a whole number from 1 to 65535, not '0'",
            "line 1: tunnel_ports.vxlan: port 6081 is that of geneve",
            "line 1: tunnel_ports.geneve: port 5000 is that of vxlan",
            "line 1: tunnel_ports.gre: is not a known key; known here: geneve, gtp_u, l2tp, mpls,"
                + " teredo, tzsp, vxlan, vxlan_gpe");
  }

  @Test
  void shouldTakeRetentionEvidenceAndCluster() throws Exception {
    IndexerConfig config =
        parse(
            """
            retention: 90d
            evidence: { enabled: false, folder: kept, max_age: 2d, max_bytes: 1GiB, max_files: 900 }
            cluster: { jdbc_url: "jdbc:postgresql://db:5432/forensics", node: one, tenure: 1m }
            """,
            Map.of("HOSTNAME", "host", PayloadSettings.KEY, "shared"));

    assertThat(config.retention()).isEqualTo(Duration.ofDays(90));
    assertThat(config.evidence())
        .isEqualTo(
            new IndexerConfig.EvidenceConfig(
                false, folder.resolve("kept"), Duration.ofDays(2), 1L << 30, 900));
    assertThat(config.cluster())
        .isEqualTo(
            new IndexerConfig.ClusterConfig(
                "jdbc:postgresql://db:5432/forensics",
                "one",
                Duration.ofSeconds(5),
                Duration.ofMinutes(1)));
    assertThat(parse("", Map.of("HOSTNAME", "host")).cluster().node()).isEqualTo("host");
  }

  @Test
  @DisplayName("indexers that share sensors open what another one sealed")
  void shouldWantAKeyForACluster() {
    String yaml = "cluster: { jdbc_url: 'jdbc:postgresql://db:5432/forensics' }";
    assertThatThrownBy(() -> parse(yaml))
        .hasMessageContaining("line 1: cluster.jdbc_url")
        .hasMessageContaining(PayloadSettings.KEY);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:1, true",
    "localhost:1, true",
    "'[::1]:1', true",
    "0.0.0.0:1, false",
    "192.0.2.1:1, false",
    "'[::]:1', false"
  })
  void shouldServePacketsWithoutATokenOnLoopbackOnly(String bind, boolean allowed)
      throws Exception {
    Path token = Files.writeString(folder.resolve("token"), SECRET);
    String http = "http: { bind: '" + bind + "'";

    assertThat(faults(http + " }").isEmpty()).isEqualTo(allowed);
    assertThat(faults(http + ", token_file: token }")).isEmpty();
    assertThat(faults(http + ", token_file: elsewhere }").toString())
        .contains("http.token_file: cannot be read: " + token.resolveSibling("elsewhere"));
  }

  @Test
  void shouldNotDoubleTheSlashOfPacketLinks() throws Exception {
    assertThat(parse("http: { public_url: 'https://example.org/probe/' }").http().url())
        .isEqualTo("https://example.org/probe");
  }

  @Test
  void shouldRefuseAnEmptyTokenWhichWouldLetEverybodyThrough() throws Exception {
    Files.writeString(folder.resolve("token"), "\n");
    assertThat(faults("http: { bind: '0.0.0.0', token_file: token }"))
        .containsExactly("line 1: http.token_file: is empty: " + folder.resolve("token"));
    assertThat(faults("http: { bind: '0.0.0.0', token_file: . }").toString())
        .contains("cannot be read");
  }

  @Test
  void shouldKeepDocumentsForWholeDays() {
    assertThat(faults("retention: 36h"))
        .containsExactly("line 1: retention: must be whole days, such as 30d");
    assertThat(faults("retention: 48h")).isEmpty();
  }

  @Test
  void shouldRefuseTwoSensorsThatReadTheSame() {
    String first = "sensors: [{ name: a, captures: x, include: ['a*'] }, { name: b, captures: ./x";
    assertThat(faults(first + " }]").toString()).contains("sensors[1].captures: is another");
    assertThat(faults(first + ", include: ['b*'] }]")).isEmpty();
  }

  @Test
  void shouldSayWhyTheFileCannotBeRead() throws Exception {
    Path noText = Files.write(folder.resolve("latin-1.yml"), new byte[] {(byte) 0xe4, '\n'});
    assertThat(unreadable(folder.resolve("none.yml"))).contains("there is no such file");
    assertThat(unreadable(folder)).contains("is a folder");
    assertThat(unreadable(noText)).contains("is not UTF-8");
  }

  private static String unreadable(Path file) {
    return catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(file, Map.of()))
        .getMessage();
  }
}
