package dev.forensics.indexer.kibana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KibanaClientTest {
  private static final Path FOLDER = Path.of("../kibana/saved-objects");

  @Test
  void shouldImportThePackAndExportTheSameFiles(@TempDir Path folder) throws Exception {
    KibanaPack pack = KibanaPack.read(FOLDER);
    try (KibanaStandIn kibana = new KibanaStandIn("8.12.2", "/s/forensics")) {
      KibanaClient client = KibanaClient.open(settings(kibana).withSpace("forensics"));

      ImportReport first = client.importPack(pack);
      ImportReport again = client.importPack(pack);

      assertThat(first).isEqualTo(new ImportReport(pack.objects().size(), List.of()));
      assertThat(again).isEqualTo(first);
      client.export(pack.objects().stream().map(SavedObject::key).toList()).write(folder);
    }
    assertThat(KibanaPack.read(folder)).isEqualTo(pack);
    for (SavedObject object : pack.objects()) {
      Path file = KibanaPack.fileOf(object);
      assertThat(folder.resolve(file)).hasSameTextualContentAs(FOLDER.resolve(file));
    }
  }

  @Test
  void shouldTellWhyEachObjectWasRefused() throws Exception {
    KibanaPack pack = KibanaPack.read(FOLDER);
    List<SavedObject> changed =
        pack.objects().stream().filter(object -> !object.id().equals("forensics-flows")).toList();
    SavedObject page =
        changed.stream()
            .filter(object -> object.id().equals("forensics-http-on-https"))
            .findFirst()
            .orElseThrow();
    ObjectNode odd = page.json().deepCopy();
    ((ObjectNode) odd.at("/attributes/controlGroupInput")).put("showApplySelections", true);
    List<SavedObject> sent =
        changed.stream().map(object -> object.equals(page) ? SavedObject.of(odd) : object).toList();
    try (KibanaStandIn kibana = new KibanaStandIn("9.1.0", "")) {
      ImportReport report = KibanaClient.open(settings(kibana)).importPack(new KibanaPack(sent));

      assertThat(report.isComplete()).isFalse();
      assertThat(report.imported()).isEqualTo(kibana.stored().size()).isPositive();
      assertThat(report.faults())
          .hasSize(sent.size() - report.imported())
          .anySatisfy(
              fault ->
                  assertThat(fault)
                      .hasToString(
                          "lens:forensics-flows-count (Flows: number):"
                              + " points to objects that are not there:"
                              + " index-pattern:forensics-flows"))
          .anySatisfy(fault -> assertThat(fault.reason()).contains("showApplySelections"));
      assertThat(KibanaCheck.problems(new KibanaPack(sent)))
          .contains(
              "dashboard:forensics-http-on-https: unknown key"
                  + " controlGroupInput.showApplySelections",
              "lens:forensics-flows-count: points to index-pattern:forensics-flows,"
                  + " which is not there");
    }
  }

  @Test
  void shouldInstallThePackOfTheProgram() throws Exception {
    try (KibanaStandIn kibana = new KibanaStandIn("8.19.21", "")) {
      ImportReport report = KibanaClient.install(settings(kibana));

      assertThat(report.imported()).isEqualTo(KibanaPack.bundled().objects().size());
    }
  }

  @Test
  void shouldRefuseAnOldKibanaBeforeItIsChanged() throws Exception {
    try (KibanaStandIn kibana = new KibanaStandIn("8.11.4", "")) {
      assertThatThrownBy(() -> KibanaClient.install(settings(kibana)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("8.11.4 is too old");
      assertThat(kibana.stored()).isEmpty();
    }
  }

  @Test
  void shouldSayThatCredentialsAreRefusedAndNotShowThem() throws Exception {
    try (KibanaStandIn kibana = new KibanaStandIn("8.12.2", "")) {
      KibanaSettings wrong =
          KibanaSettings.of(kibana.url())
              .withCredentials(KibanaCredentials.user("analyst", "hunter2"));

      assertThatThrownBy(() -> KibanaClient.install(wrong))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("refuses the credentials (user analyst)")
          .hasMessageNotContaining("hunter2");
    }
  }

  @Test
  void shouldNameTheObjectThatIsNotThere() throws Exception {
    try (KibanaStandIn kibana = new KibanaStandIn("8.12.2", "")) {
      KibanaClient client = KibanaClient.open(settings(kibana));

      assertThatThrownBy(() -> client.export(List.of("dashboard:mine")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("dashboard:mine");
    }
  }

  @Test
  void shouldSayThatNobodyListens() {
    KibanaSettings nobody = KibanaSettings.of(URI.create("http://127.0.0.1:1"));

    assertThatThrownBy(() -> KibanaClient.install(nobody))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("http://127.0.0.1:1 cannot be reached");
  }

  @Test
  void shouldTakeKibanasOwnCredentialsBeforeElasticsearchs() throws IOException {
    Map<String, String> both =
        Map.of(
            "FORENSICS_KIBANA_API_KEY", "a2V5",
            "FORENSICS_ELASTICSEARCH_USER", "elastic",
            "FORENSICS_ELASTICSEARCH_PASSWORD", "x");

    assertThat(KibanaCredentials.fromEnvironment(both)).hasToString("API key");
    assertThat(
            KibanaCredentials.fromEnvironment(
                Map.of(
                    "FORENSICS_ELASTICSEARCH_USER", "elastic",
                    "FORENSICS_ELASTICSEARCH_PASSWORD", "x")))
        .hasToString("user elastic");
  }

  private static KibanaSettings settings(KibanaStandIn kibana) {
    return KibanaSettings.of(kibana.url())
        .withCredentials(KibanaCredentials.apiKey(KibanaStandIn.KEY));
  }
}
