package dev.forensics.indexer.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forensics.indexer.capture.PacketRecord;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What is written for later runs is read back as it was. */
class ReadBackTest {
  @Test
  void shouldReadTheLedgerBack() throws IOException {
    for (CaptureEntry entry :
        new CaptureEntry[] {SampleDocuments.reading(), SampleDocuments.failed()}) {
      EcsDocument document = new CaptureDocuments().write(entry);
      CaptureEntry read = CaptureReading.read(document.json());
      assertThat(read).usingRecursiveComparison().isEqualTo(entry);
      assertThat(document.id()).isEqualTo(read.documentId());
    }
  }

  @Test
  void shouldKeepPathsThatTheLedgerMustFindAgain() throws IOException {
    CaptureEntry entry = SampleDocuments.reading();
    entry.path = "/captures/" + "d".repeat(2000) + "/tab\there.pcap";
    assertThat(CaptureReading.read(new CaptureDocuments().write(entry).json()).path)
        .isEqualTo(entry.path);
  }

  @Test
  void shouldRefuseOtherDocumentsAsLedger() {
    assertThatThrownBy(() -> CaptureReading.read("{\"event\":{}}".getBytes(UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a capture document");
  }

  @Test
  void shouldFindThePacketsOfAFlow() throws IOException {
    EcsDocument document = SampleDocuments.all().get("flow-telegram");
    FlowPackets packets = FlowPackets.read(document.json());
    assertThat(packets.documentId()).isEqualTo(document.id());
    assertThat(packets.transport()).isEqualTo(6);
    assertThat(packets.sourceAddress()).isEqualTo(SampleFlows.CLIENT);
    assertThat(packets.sourcePort()).isEqualTo(51_514);
    assertThat(packets.destinationAddress()).isEqualTo(SampleFlows.TELEGRAM);
    assertThat(packets.destinationPort()).isEqualTo(443);
    assertThat(packets.startNanos()).isEqualTo(RecordedFlow.START_NANOS);
    assertThat(packets.endNanos())
        .isEqualTo(RecordedFlow.START_NANOS + 6 * RecordedFlow.STEP_NANOS);
    assertThat(packets.captures()).hasSize(1);
    assertThat(packets.captures().get(0).capture()).isEqualTo(SampleDocuments.CAPTURE);
    assertThat(packets.captures().get(0).positions())
        .containsExactly(24, 124, 224, 324, 424, 524, 624);
    assertThat(packets.ranges()).isEmpty();
    assertThat(packets.reason()).isNull();
  }

  @Test
  void shouldFindTheRangesOfALongFlow() throws IOException {
    FlowPackets packets = FlowPackets.read(SampleDocuments.all().get("flow-many-packets").json());
    assertThat(packets.captures().get(0).positions()).containsExactly(24, 124);
    assertThat(packets.ranges())
        .containsExactly(
            new FlowPackets.Range(
                SampleDocuments.CAPTURE,
                PacketRecord.NO_SECTION,
                224,
                SampleDocuments.CAPTURE,
                324));
  }

  @Test
  void shouldTellFromAFlowsLastBytesWhetherItHasVerdicts() throws IOException {
    int withVerdicts = 0;
    for (EcsDocument document : SampleDocuments.all().values()) {
      if (document.kind() == DocumentKind.FLOW) {
        boolean expected = !FlowPackets.read(document.json()).verdicts().isEmpty();
        assertThat(FlowDocuments.hasVerdicts(document)).isEqualTo(expected);
        withVerdicts += expected ? 1 : 0;
      }
    }
    assertThat(withVerdicts).isPositive();
  }

  @Test
  void shouldReadWhatAnAlarmIsAbout() throws IOException {
    FlowPackets alarm = FlowPackets.read(SampleDocuments.all().get("alarm-first").json());
    assertThat(alarm.rule()).isEqualTo("http-on-https-port");
    assertThat(alarm.isSuppressed()).isFalse();
    assertThat(alarm.segment()).isEqualTo(1);
    assertThat(alarm.documentId()).isEqualTo(DocumentIds.ofAlarm(alarm.flowId(), alarm.rule()));
  }

  @Test
  void shouldJoinAnAlarmWithItsFlow() throws IOException {
    FlowPackets flow = FlowPackets.read(SampleDocuments.all().get("flow-telegram").json());
    FlowPackets alarm = FlowPackets.read(SampleDocuments.all().get("alarm-first").json());
    assertThat(alarm.flowId()).isEqualTo(flow.flowId()).isEqualTo(flow.documentId());
    assertThat(alarm.documentId()).isNotEqualTo(flow.documentId());
    assertThat(alarm.reason()).startsWith("Plaintext HTTP");
  }
}
