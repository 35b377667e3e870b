package dev.forensics.indexer.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.capture.PacketRecord;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import org.junit.jupiter.api.Test;

class PacketsSectionTest {
  private static final int CAP = 4;

  /** Twelve numbers each belong to one capture. */
  private static final CaptureLookup DOZENS =
      new CaptureLookup() {
        @Override
        public CaptureId id(int captureIndex) {
          return captureIndex < 0 ? null : new CaptureId("id" + captureIndex / 12);
        }

        @Override
        public String path(int captureIndex) {
          return null;
        }

        @Override
        public long section(int captureIndex, long position) {
          return PacketRecord.NO_SECTION;
        }
      };

  private static String written(int... captureIndexes) {
    Flow flow = new Flow();
    long position = 24;
    for (int index : captureIndexes) {
      flow.addPointer(index, position, CAP);
      position += 100;
    }
    JsonWriter json = new JsonWriter(true);
    json.begin();
    PacketsSection.write(flow, DOZENS, json);
    return new String(json.end(), UTF_8);
  }

  /** It has another number each time. */
  @Test
  void shouldListACaptureThatWasClosedAndReadOnAsOneThatWasNot() {
    assertThat(written(0, 0, 5, 7)).isEqualTo(written(0, 0, 0, 0)).containsOnlyOnce("id0");
    assertThat(written(0, 0, 5, 7, 7, 8, 9)).isEqualTo(written(0, 0, 0, 0, 0, 0, 0));
    assertThat(written(0, 12, 13, 1)).isEqualTo(written(0, 12, 12, 0)).contains("id1");
  }

  @Test
  void shouldTellOtherCapturesApart() {
    assertThat(written(0, 12, 12, 12, 12, 24)).contains("id0", "id1", "id2");
    assertThat(written(-1, -2)).isNotEqualTo(written(-1, -1));
  }
}
