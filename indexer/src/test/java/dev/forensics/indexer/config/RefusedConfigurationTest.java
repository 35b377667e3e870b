package dev.forensics.indexer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What could only fail later is refused before anything runs, with its line and key. */
class RefusedConfigurationTest {
  private static final String FINGERPRINT = "8f43434664" + "0a".repeat(27);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          elasticsearch: { hosts: ['http://localhost:99999'] } | line 1: elasticsearch.hosts: there is no port 99999
          elasticsearch: { hosts: ['http://localhost:0'] } | elasticsearch.hosts: there is no port 0
          elasticsearch: { ca_fingerprint: '12:34' } | elasticsearch.ca_fingerprint: must be a SHA-256
          elasticsearch: { ca_fingerprint: 'zz434346640a' } | elasticsearch.ca_fingerprint: must be a SHA-256
          http: { bind: '127.0.0.1:70000' } | http.bind: must be ADDRESS:PORT
          http: { public_url: 'http://a.example:70000/x' } | http.public_url: must be
          detection: { https_ports: [443, 0] } | detection.https_ports: must be a whole number from 1
          detection: { https_ports: [65536] } | detection.https_ports: must be a whole number from 1
          sensors: [{ name: a, captures: c, cron: '0 0 0 30 2 ?' }] | sensors[0].cron: never comes
          sensors: [{ name: a, captures: c, cron: '0 0 0 1 1 ? 2020' }] | sensors[0].cron: never comes
          sensors: [{ name: a, captures: c, cron: 'daily' }] | sensors[0].cron: is not a Quartz cron
          sensors: [{ name: a, captures: c, every: 1m, quiet: 59s }] | sensors[0].quiet: is shorter than every
          sensors: [{ name: a, captures: c, every: 10m }] | sensors[0].quiet: is shorter than every
          sensors: [{ name: a, captures: c, flow: { reassembly_total: 64GiB } }] | sensors[0].flow.reassembly_total: is 65536 MiB
          sensors: [{ name: a, captures: c }, { name: b, captures: c/d }] | sensors[1].captures: overlaps the folder of another sensor (a
          sensors: [{ name: a, captures: c/d }, { name: b, captures: c/ }] | sensors[1].captures: overlaps
          sensors: [{ name: a, captures: c }, { name: b, captures: ./d/../c }] | sensors[1].captures: is another sensor's folder
          sensors: [{ name: a, captures: c }, { name: b, captures: c, include: ['b*'] }] | sensors[1].captures: is another sensor's folder
          sensors: [{ name: a, captures: . }] | state: lies in the captures of sensor a
          sensors: [{ name: a, captures: c, adopt: 'elsewhere' }] | sensors[0].adopt: must be HOST:/FOLDER
          """)
  void shouldRefuse(String yaml, String fault) {
    assertThat(faults(yaml)).anyMatch(one -> one.contains(fault));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          sensors: [{ name: a, captures: c, include: ['a*'] }, { name: b, captures: c, include: ['b*'] }]
          sensors: [{ name: a, captures: c, exclude: ['b*'] }, { name: b, captures: c, include: ['b*'] }]
          sensors: [{ name: a, captures: c }, { name: b, captures: cd }]
          sensors: [{ name: a, captures: c, every: 10m, quiet: 10m }]
          sensors: [{ name: a, captures: c, cron: '0 0 3 * * ?' }]
          sensors: [{ name: a, captures: c, adopt: 'one:/captures' }]
          elasticsearch: { hosts: ['https://localhost:65535'] }
          http: { public_url: 'https://a.example/x' }
          """)
  void shouldTake(String yaml) {
    assertThat(faults(yaml)).isEmpty();
  }

  @Test
  void shouldTakeFingerprintsInBothForms() {
    assertThat(faults("elasticsearch: { ca_fingerprint: " + FINGERPRINT + " }")).isEmpty();
    String colons = FINGERPRINT.replaceAll("..(?!$)", "$0:");
    assertThat(faults("elasticsearch: { ca_fingerprint: '" + colons + "' }")).isEmpty();
  }

  @Test
  void shouldRefuseWhatIsWrittenIntoCaptures() throws Exception {
    assertThat(faults("sensors: [{ name: a, captures: c }]\nevidence: { folder: c/e }"))
        .singleElement()
        .asString()
        .startsWith("line 2: evidence.folder: lies in the captures of sensor a");
    assertThat(faults("sensors: [{ name: a, captures: e/c }]\nevidence: { folder: e }"))
        .singleElement()
        .asString()
        .contains("sensors[0].captures: lies in the evidence folder");
    Files.createDirectory(folder.resolve("real"));
    Files.createSymbolicLink(folder.resolve("c"), folder.resolve("real"));
    assertThat(faults("sensors: [{ name: a, captures: c }]\nstate: real/state"))
        .singleElement()
        .asString()
        .startsWith("line 2: state: lies in");
  }

  @Test
  void shouldRefuseAnotherSensorsFolderThroughALink() throws Exception {
    Files.createDirectory(folder.resolve("real"));
    Files.createSymbolicLink(folder.resolve("c"), folder.resolve("real"));
    assertThat(faults("sensors: [{ name: a, captures: c }, { name: b, captures: real }]"))
        .singleElement()
        .asString()
        .contains("is another sensor's folder");
  }

  @Test
  void shouldNameFilesThatAreNotWhatTheyShouldBe() throws Exception {
    Files.writeString(folder.resolve("words"), "no certificate\n");
    assertThat(faults("elasticsearch: { ca_file: words }"))
        .singleElement()
        .asString()
        .startsWith("line 1: elasticsearch.ca_file: ")
        .contains("certificate (PEM): " + folder.resolve("words"));
    TestFiles.certificate(folder.resolve("old.crt"), "-10d", 1);
    assertThat(faults("elasticsearch: { ca_file: old.crt }"))
        .singleElement()
        .asString()
        .contains("the certificate has expired at ");
    TestFiles.certificate(folder.resolve("new.crt"), "-1d", 9);
    assertThat(faults("elasticsearch: { ca_file: new.crt }")).isEmpty();
    assertThat(faults("enrich: { asn_database: words }"))
        .singleElement()
        .asString()
        .startsWith("line 1: enrich.asn_database: " + folder.resolve("words"));
    TestFiles.database(folder.resolve("asn.mmdb"), "GeoLite2-ASN");
    assertThat(faults("enrich: { asn_database: asn.mmdb }")).isEmpty();
  }

  @Test
  void shouldRefuseAStateThatCannotBeKept() throws Exception {
    Files.writeString(folder.resolve("file"), "");
    Path config = folder.resolve("forensics.yml");
    Files.writeString(config, "sensors: [{ name: a, captures: c }]\nstate: file/state");

    ConfigException thrown =
        catchThrowableOfType(
            ConfigException.class, () -> ConfigLoader.loadForService(config, Map.of()));

    assertThat(thrown.faults())
        .containsExactly(
            "line 2: state: cannot be a folder: " + folder.resolve("file") + " is none");
  }

  private List<String> faults(String yaml) {
    ConfigException thrown =
        catchThrowableOfType(
            ConfigException.class,
            () -> ConfigLoader.parse(yaml, "test", folder, Map.of(), 512L << 20));
    return thrown == null ? List.of() : thrown.faults();
  }
}
