package dev.forensics.indexer.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.forensics.indexer.capture.PacketRecord;
import java.util.Arrays;

/** Any bytes behind any link type: a packet within its buffer, or a counted stop. */
class PacketDecoderFuzzTest {
  private static final int[] LINK_TYPES = {
    0, 1, 9, 12, 50, 101, 104, 105, 107, 108, 109, 113, 119, 127, 163, 192, 204, 228, 229, 239, 240,
    258, 276
  };

  @FuzzTest
  void decodes(byte[] script) {
    if (script.length < 2) {
      return;
    }
    int linkType = LINK_TYPES[(script[0] & 0xFF) % LINK_TYPES.length];
    PacketDecoder decoder = new PacketDecoder();
    DecodedPacket packet = new DecodedPacket();
    for (int half = 0; half < 2; half++) { // the second half may be another fragment
      int begin = half == 0 ? 1 : 1 + script.length / 2;
      int end = half == 0 && script[1] % 2 == 0 ? script.length : begin + script.length / 2 - 1;
      byte[] bytes = Arrays.copyOfRange(script, begin, Math.max(begin, end));
      PacketRecord record = PacketBuilder.record(bytes, linkType, half);
      if (decoder.decode(record, packet)) {
        assertThat(packet.payloadLength).isBetween(0, packet.buffer.length - packet.payloadOffset);
        assertThat(packet.payloadWireLength).isGreaterThanOrEqualTo(packet.payloadLength);
      } else {
        assertThat(packet.stopReason).isNotNull();
      }
    }
  }
}
