package dev.forensics.indexer.detect.tls;

import dev.forensics.indexer.flow.Direction;
import java.util.Arrays;

/** One direction of a TLS connection: records, and the handshake messages in them. */
final class TlsStream {
  private static final int MESSAGE_HEADER = 4;
  private static final int MESSAGE_LIMIT = 1 << 17;
  private static final int FINISHED_RECORD = 40;

  private final TlsParser parser;
  private final Direction direction;
  private final byte[] header = new byte[Records.HEADER];
  private int headerLength;
  private int recordLeft;
  private int recordSize;
  private int type;
  private boolean changed;
  private int alertLevel = -1;
  private byte[] message;
  private int messageLength;
  private int messageSkip;
  private boolean stopped;

  TlsStream(TlsParser parser, Direction direction) {
    this.parser = parser;
    this.direction = direction;
  }

  boolean payload(byte[] buffer, int offset, int length, long timestampNanos) {
    int at = offset;
    int end = offset + length;
    while (at < end && !stopped) {
      if (headerLength < Records.HEADER) {
        header[headerLength++] = buffer[at++];
        if (headerLength == Records.HEADER) {
          begin();
        }
      } else {
        int taken = Math.min(recordLeft, end - at);
        content(buffer, at, taken, timestampNanos);
        at += taken;
        recordLeft -= taken;
        headerLength = recordLeft == 0 ? 0 : headerLength;
      }
    }
    return !stopped;
  }

  private void begin() {
    type = header[0] & 0xFF;
    recordSize = ((header[3] & 0xFF) << 8) | (header[4] & 0xFF);
    recordLeft = recordSize;
    if (!Records.isHeader(type, header[1], header[2], recordSize)) {
      stop();
    } else if (type == Records.APPLICATION_DATA) {
      encrypted(recordSize > FINISHED_RECORD || parser.finishedIsVisible());
    }
  }

  private void content(byte[] buffer, int at, int length, long timestampNanos) {
    switch (type) {
      case Records.HANDSHAKE -> {
        if (changed && parser.finishedIsVisible()) {
          encrypted(true);
        } else {
          handshake(buffer, at, length, timestampNanos);
        }
      }
      case Records.ALERT -> alert(buffer, at, length);
      case Records.CHANGE_CIPHER_SPEC -> {
        changed = true;
        parser.cipherChanged(direction);
      }
      default -> {}
    }
  }

  /** Once encrypted bytes flow there is nothing more to learn. */
  private void encrypted(boolean sure) {
    if (sure) {
      stop();
      parser.encrypted(direction);
    }
  }

  private void alert(byte[] buffer, int at, int length) {
    if (changed || recordSize != 2) {
      return;
    }
    for (int i = 0; i < length; i++) {
      if (alertLevel < 0) {
        alertLevel = buffer[at + i] & 0xFF;
      } else {
        parser.alert(direction, (alertLevel << 8) | (buffer[at + i] & 0xFF));
        alertLevel = -1;
      }
    }
  }

  private void handshake(byte[] buffer, int from, int count, long timestampNanos) {
    int at = from;
    int end = from + count;
    while (at < end && !stopped) {
      if (messageSkip > 0) {
        int skipped = Math.min(messageSkip, end - at);
        messageSkip -= skipped;
        at += skipped;
      } else if (messageLength == 0 && isWhole(buffer, at, end)) {
        int length = length(buffer, at);
        parser.message(direction, buffer, at, length, timestampNanos);
        at += MESSAGE_HEADER + length;
      } else {
        at += collect(buffer, at, end, timestampNanos);
      }
    }
  }

  private static boolean isWhole(byte[] buffer, int at, int end) {
    return end - at >= MESSAGE_HEADER && end - at >= MESSAGE_HEADER + length(buffer, at);
  }

  private static int length(byte[] buffer, int at) {
    return ((buffer[at + 1] & 0xFF) << 16)
        | ((buffer[at + 2] & 0xFF) << 8)
        | (buffer[at + 3] & 0xFF);
  }

  /** Memory of the message that is being put together. */
  int heldBytes() {
    return message == null ? 0 : message.length;
  }

  /** Puts a message together that spans buffers or records; returns how many bytes it took. */
  private int collect(byte[] buffer, int at, int end, long timestampNanos) {
    int wanted = MESSAGE_HEADER;
    if (messageLength >= MESSAGE_HEADER) {
      wanted += length(message, 0);
    }
    int taken = Math.min(wanted - messageLength, end - at);
    append(buffer, at, taken);
    if (messageLength == MESSAGE_HEADER && length(message, 0) > 0) {
      skipWhatIsNotRead();
    } else if (messageLength >= MESSAGE_HEADER
        && messageLength == MESSAGE_HEADER + length(message, 0)) {
      messageLength = 0;
      parser.message(direction, message, 0, length(message, 0), timestampNanos);
    }
    return taken;
  }

  private void skipWhatIsNotRead() {
    int length = length(message, 0);
    if (!TlsParser.reads(message[0]) || length > MESSAGE_LIMIT) {
      messageSkip = length;
      messageLength = 0;
    }
  }

  private void append(byte[] buffer, int at, int length) {
    int needed = messageLength + length;
    if (message == null || needed > message.length) {
      int size = Math.max(needed, message == null ? 512 : message.length * 2);
      message = message == null ? new byte[size] : Arrays.copyOf(message, size);
    }
    System.arraycopy(buffer, at, message, messageLength, length);
    messageLength += length;
  }

  boolean gap(long lengthBytes) {
    boolean inside = headerLength == Records.HEADER && lengthBytes <= recordLeft;
    boolean readable = type == Records.HANDSHAKE && !changed;
    if (!inside || (readable && lengthBytes > messageSkip)) {
      stop();
      return false;
    }
    recordLeft -= (int) lengthBytes;
    headerLength = recordLeft == 0 ? 0 : headerLength;
    messageSkip -= readable ? (int) lengthBytes : 0;
    return true;
  }

  private void stop() {
    stopped = true;
    message = null;
    messageLength = 0;
  }
}
