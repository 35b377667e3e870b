package dev.forensics.indexer.document;

import dev.forensics.indexer.flow.Flow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids made from the packets, so that reading them again gives the same ones: the first 128 bits of
 * a SHA-256 in hex. Not thread-safe.
 */
public final class DocumentIds {
  private static final int ID_BYTES = 16;
  private static final int KEY_BYTES = 64;

  private final MessageDigest sha256;
  private final ByteBuffer key = ByteBuffer.allocate(KEY_BYTES);
  private final byte[] sensor;

  DocumentIds(String sensor) {
    this.sensor = sensor.getBytes(StandardCharsets.UTF_8);
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Id of the alarm that a rule raises about a flow. */
  public static String ofAlarm(String flowId, String ruleId) {
    return new DocumentIds("").alarm(flowId, ruleId);
  }

  /** Id of the whole flow: sensor, key, time and content of the first packet. */
  String flow(Flow flow) {
    key.clear();
    key.putInt(flow.ipVersion).putInt(flow.protocol);
    key.putLong(flow.originatorHigh).putLong(flow.originatorLow);
    key.putLong(flow.responderHigh).putLong(flow.responderLow);
    key.putInt((flow.originatorPort << 16) | flow.responderPort);
    key.putLong(flow.flowStartNanos).putLong(flow.firstPacketHash);
    sha256.update(sensor);
    sha256.update((byte) 0);
    sha256.update(key.array(), 0, key.position());
    return hex();
  }

  /** Id of a flow document: the flow's, with the number of a segment past the first. */
  String segment(String flowId, Flow flow) {
    return flow.segment > 1 ? flowId + "-" + flow.segment : flowId;
  }

  /** Id of an alarm document: flow and rule. */
  String alarm(String flowId, String ruleId) {
    sha256.update(flowId.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
    sha256.update(ruleId.getBytes(StandardCharsets.UTF_8));
    return hex();
  }

  private String hex() {
    return HexFormat.of().formatHex(sha256.digest(), 0, ID_BYTES);
  }
}
