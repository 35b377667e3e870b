package dev.forensics.indexer.document;

import dev.forensics.indexer.flow.Flow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Community ID v1, seed 0, after the specification in corelight/community-id-spec: "1:" and the
 * base64 of the SHA-1 over seed, addresses, protocol and ports, the smaller endpoint first. Reused
 * for each flow; not thread-safe.
 */
final class CommunityId {
  private static final int SHA1_LENGTH = 20;
  private static final byte[] PREFIX = "1:".getBytes(StandardCharsets.US_ASCII);

  /** The longest input: seed 2, two IPv6 addresses 32, protocol and padding 2, ports 4. */
  private static final int MAX_INPUT = 40;

  private final byte[] input = new byte[MAX_INPUT];
  private final ByteBuffer writer = ByteBuffer.wrap(input);
  private final byte[] hash = new byte[SHA1_LENGTH];
  private final byte[] text = new byte[PREFIX.length + 28];
  private final MessageDigest sha1;

  CommunityId() {
    try {
      sha1 = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
    System.arraycopy(PREFIX, 0, text, 0, PREFIX.length);
  }

  /** The flow's id in ASCII; valid until the next call. */
  byte[] of(Flow flow) {
    boolean swap = !flow.oneWay && isSwapped(flow);
    writer.clear().putShort((short) 0);
    putAddress(flow, swap);
    putAddress(flow, !swap);
    writer.put((byte) flow.protocol).put((byte) 0);
    if (Transports.hasPorts(flow.protocol) || Transports.isIcmp(flow.protocol)) {
      writer.putShort((short) (swap ? flow.responderPort : flow.originatorPort));
      writer.putShort((short) (swap ? flow.originatorPort : flow.responderPort));
    }
    sha1.update(input, 0, writer.position());
    try {
      sha1.digest(hash, 0, SHA1_LENGTH);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-1 is 20 bytes long", e);
    }
    byte[] encoded = Base64.getEncoder().encode(hash);
    System.arraycopy(encoded, 0, text, PREFIX.length, encoded.length);
    return text;
  }

  private void putAddress(Flow flow, boolean responder) {
    long high = responder ? flow.responderHigh : flow.originatorHigh;
    long low = responder ? flow.responderLow : flow.originatorLow;
    if (flow.ipVersion == 4) {
      writer.putInt((int) low);
    } else {
      writer.putLong(high).putLong(low);
    }
  }

  /** True when the responder is the smaller endpoint: address first, then port. */
  private static boolean isSwapped(Flow flow) {
    int order = Long.compareUnsigned(flow.originatorHigh, flow.responderHigh);
    if (order == 0) {
      order = Long.compareUnsigned(flow.originatorLow, flow.responderLow);
    }
    return order > 0 || (order == 0 && flow.originatorPort > flow.responderPort);
  }
}
