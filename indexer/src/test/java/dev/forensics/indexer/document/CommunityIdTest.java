package dev.forensics.indexer.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.decode.PacketBuilder;
import dev.forensics.indexer.flow.Flow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published vectors of Community ID v1, each seen from both sides. */
class CommunityIdTest {
  private final CommunityId communityId = new CommunityId();

  @ParameterizedTest
  @CsvSource({
    "6, 128.232.110.120, 34855, 66.35.250.204, 80, 1:LQU9qZlK+B5F3KDmev6m5PMibrg=",
    "17, 192.168.1.52, 54585, 8.8.8.8, 53, 1:d/FP5EW3wiY1vCndhwleRRKHowQ=",
    "132, 192.168.170.8, 7, 192.168.170.56, 7, 1:MP2EtRCAUIZvTw6MxJHLV7N7JDs=",
    "1, 192.168.0.89, 8, 192.168.0.1, 0, 1:X0snYXpgwiv9TZtqg64sgzUn6Dk=",
  })
  void shouldMatchThePublishedVectors(
      int protocol, String one, int onePort, String other, int otherPort, String expected) {
    assertThat(id(flow(protocol, one, onePort, other, otherPort))).isEqualTo(expected);
    assertThat(id(flow(protocol, other, otherPort, one, onePort))).isEqualTo(expected);
  }

  private String id(Flow flow) {
    return new String(communityId.of(flow), StandardCharsets.US_ASCII);
  }

  private static Flow flow(int protocol, String one, int onePort, String other, int otherPort) {
    Flow flow = new Flow();
    flow.ipVersion = 4;
    flow.protocol = (short) protocol;
    flow.originatorLow = address(one);
    flow.responderLow = address(other);
    flow.originatorPort = onePort;
    flow.responderPort = otherPort;
    return flow;
  }

  private static long address(String literal) {
    return ByteBuffer.wrap(PacketBuilder.address(literal)).getInt() & 0xffff_ffffL;
  }
}
