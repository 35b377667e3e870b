package dev.forensics.indexer.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The pack in a real Kibana; skipped where KIBANA_URL does not name one. */
@EnabledIfEnvironmentVariable(
    named = "KIBANA_URL",
    matches = "https?://.+",
    disabledReason = "KIBANA_URL does not name a Kibana")
class RealKibanaIT {
  @Test
  void shouldGiveBackWhatItWasGiven() throws Exception {
    KibanaSettings settings =
        KibanaSettings.of(URI.create(System.getenv("KIBANA_URL")))
            .withCredentials(KibanaCredentials.fromEnvironment(System.getenv()));
    KibanaPack pack = KibanaPack.bundled();

    assertThat(KibanaClient.install(settings).faults()).isEmpty();

    KibanaPack back =
        KibanaClient.open(settings).export(pack.objects().stream().map(SavedObject::key).toList());
    assertThat(back.objects())
        .extracting(SavedObject::key)
        .containsExactlyElementsOf(pack.objects().stream().map(SavedObject::key).toList());
  }
}
