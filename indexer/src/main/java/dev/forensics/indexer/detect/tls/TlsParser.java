package dev.forensics.indexer.detect.tls;

import dev.forensics.indexer.detect.Endpoints;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The TLS of one flow: what the handshake says before it is encrypted. */
final class TlsParser implements ProtocolParser {
  private static final int CLIENT_HELLO = 1;
  private static final int SERVER_HELLO = 2;
  private static final int CERTIFICATE = 11;
  private static final int CHAIN_LIMIT = 8;

  /** What it takes without certificates and messages in pieces: both directions, the facts. */
  private static final int OWN_BYTES = 1_200;

  private final Flow flow;
  private final FlowFacts flowFacts;
  private final TlsFacts facts;
  private final CertificateReader certificates;
  private final TlsStream originator = new TlsStream(this, Direction.ORIGINATOR);
  private final TlsStream responder = new TlsStream(this, Direction.RESPONDER);
  private byte[] sessionId;
  private int certificateBytes;
  private boolean serverCertificate;
  private boolean clientEncrypted;
  private boolean serverEncrypted;
  private boolean originatorBegun;
  private boolean responderBegun;
  private Direction ssl2Side;
  private int ssl2Left;

  TlsParser(Flow flow, FlowFacts flowFacts, CertificateReader certificates) {
    this.flow = flow;
    this.flowFacts = flowFacts;
    this.facts = flowFacts.add(new TlsFacts());
    this.certificates = certificates;
  }

  /** The handshake messages that are read; others are skipped without being kept. */
  static boolean reads(int type) {
    return type == CLIENT_HELLO || type == SERVER_HELLO || type == CERTIFICATE;
  }

  @Override
  public boolean payload(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    int skip = 0;
    if (begins(direction) && Ssl2Hello.match(buffer, offset, length) == Match.YES) {
      ssl2Left = ssl2(direction, buffer, offset);
      ssl2Side = direction;
    }
    if (ssl2Left > 0 && direction == ssl2Side) {
      skip = Math.min(ssl2Left, length);
      ssl2Left -= skip;
    }
    return skip == length
        || stream(direction).payload(buffer, offset + skip, length - skip, timestampNanos);
  }

  private boolean begins(Direction direction) {
    if (direction == Direction.ORIGINATOR) {
      boolean first = !originatorBegun;
      originatorBegun = true;
      return first;
    }
    boolean first = !responderBegun;
    responderBegun = true;
    return first;
  }

  /** Returns its length: a client that is answered in SSLv3 or newer goes on in records. */
  private int ssl2(Direction direction, byte[] buffer, int offset) {
    boolean fromClient = buffer[offset + 2] == CLIENT_HELLO;
    clientIs(fromClient ? direction : direction.reverse());
    if (fromClient) {
      facts.ssl2Hello = true;
      facts.clientHello = true;
      facts.offeredVersion = Ssl2Hello.version(buffer, offset);
    } else {
      facts.serverHello = true;
      facts.versionNumber = TlsVersions.SSL2;
      facts.version = TlsVersions.name(TlsVersions.SSL2);
    }
    flowFacts.changed();
    return Ssl2Hello.length(buffer, offset);
  }

  @Override
  public boolean gap(Direction direction, long lengthBytes, long timestampNanos) {
    boolean inSsl2 = ssl2Left > 0 && direction == ssl2Side;
    return !inSsl2 && stream(direction).gap(lengthBytes);
  }

  @Override
  public int keptBytes(long givenBytes) {
    return OWN_BYTES + certificateBytes + originator.heldBytes() + responder.heldBytes();
  }

  /**
   * True for TLS 1.2 and older, and while the version is unknown: alerts stay visible, and a
   * handshake record after ChangeCipherSpec is encrypted. In TLS 1.3 an alert may look like data,
   * and a second hello may follow a ChangeCipherSpec (RFC 8446 sections 5.2 and D.4).
   */
  boolean finishedIsVisible() {
    return facts.versionNumber != TlsVersions.TLS13;
  }

  /** A handshake message is there; length is that of its body. */
  void message(Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    int body = offset + 4;
    switch (buffer[offset]) {
      case CLIENT_HELLO -> clientHello(direction, buffer, body, length, timestampNanos);
      case SERVER_HELLO -> serverHello(direction, buffer, body, length);
      case CERTIFICATE -> certificate(direction, buffer, body, length);
      default -> {}
    }
  }

  private void clientHello(
      Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    if (facts.clientHello) {
      return;
    }
    ClientHello hello = ClientHello.read(buffer, offset, length);
    clientIs(direction);
    facts.clientHello = true;
    facts.clientHelloNanos = timestampNanos;
    facts.serverName = hello.serverName();
    facts.alpnOffered = hello.alpn();
    facts.offeredVersion = hello.highestVersion();
    facts.ja3 = hello.ja3();
    facts.ja4 = hello.ja4('t');
    sessionId = hello.sessionId;
    flowFacts.changed();
  }

  private void serverHello(Direction direction, byte[] buffer, int offset, int length) {
    ServerHello hello = ServerHello.read(buffer, offset, length);
    if (facts.serverHello || !hello.complete) {
      return;
    }
    clientIs(direction.reverse());
    facts.serverHello = true;
    facts.versionNumber = hello.version >> 8 == 0x7F ? TlsVersions.TLS13 : hello.version;
    facts.version = TlsVersions.name(hello.version);
    facts.cipher = hello.cipher;
    facts.cipherName = CipherSuites.name(hello.cipher);
    facts.ja3s = Fingerprints.ja3s(hello);
    facts.alpn = hello.alpn;
    boolean sameSession =
        facts.versionNumber < TlsVersions.TLS13
            && sessionId != null
            && sessionId.length > 0
            && Arrays.equals(sessionId, hello.sessionId);
    facts.resumed = hello.preSharedKey || sameSession;
    flowFacts.changed();
  }

  private void certificate(Direction direction, byte[] buffer, int offset, int length) {
    Cursor in = new Cursor(buffer, offset, length);
    Cursor list = in.part(in.uint24());
    List<CertificateFacts> chain = new ArrayList<>();
    while (list.left() > 3 && chain.size() < CHAIN_LIMIT) {
      Cursor entry = list.part(list.uint24());
      if (list.failed()) {
        break;
      }
      CertificateFacts read = certificates.read(entry.bytes(), entry.offset(), entry.left());
      if (read == null) {
        facts.brokenCertificates++;
      } else {
        chain.add(read);
        certificateBytes += read.keptBytes();
      }
    }
    if (direction == facts.client) {
      facts.clientCertificates = List.copyOf(chain);
    } else {
      serverCertificate = true;
      facts.resumed = false;
      facts.certificates = List.copyOf(chain);
    }
    flowFacts.changed();
  }

  void alert(Direction direction, int alert) {
    if (direction == facts.client) {
      facts.clientAlert = facts.clientAlert < 0 ? alert : facts.clientAlert;
    } else if (facts.client != null || direction == Direction.RESPONDER) {
      facts.serverAlert = facts.serverAlert < 0 ? alert : facts.serverAlert;
    } else {
      facts.clientAlert = facts.clientAlert < 0 ? alert : facts.clientAlert;
    }
    flowFacts.changed();
  }

  /** A server that changes the cipher without a certificate resumes a session (TLS 1.2). */
  void cipherChanged(Direction direction) {
    boolean server = facts.client != null && direction != facts.client;
    if (server && facts.serverHello && facts.versionNumber < TlsVersions.TLS13) {
      facts.resumed |= !serverCertificate;
    }
  }

  void encrypted(Direction direction) {
    clientEncrypted |= direction == Direction.ORIGINATOR;
    serverEncrypted |= direction == Direction.RESPONDER;
    if (clientEncrypted && serverEncrypted && !facts.established) {
      facts.established = true;
      flowFacts.changed();
    }
  }

  private void clientIs(Direction direction) {
    if (facts.client == null) {
      facts.client = direction;
      Endpoints.clientIs(flow, direction);
    }
  }

  private TlsStream stream(Direction direction) {
    return direction == Direction.ORIGINATOR ? originator : responder;
  }
}
