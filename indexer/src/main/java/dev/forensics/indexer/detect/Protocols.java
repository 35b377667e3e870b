package dev.forensics.indexer.detect;

import dev.forensics.indexer.detect.http.HttpProtocol;
import dev.forensics.indexer.detect.mtproto.MtprotoProtocol;
import dev.forensics.indexer.detect.tls.TlsProtocol;
import java.util.List;

/**
 * The list of protocols, in the order in which they are asked: the first YES wins. Those that know
 * their bytes at once stand first, those that need many bytes or a computation stand last. A test
 * fails when a protocol is missing here.
 */
public final class Protocols {
  private static final List<Protocol> ALL =
      List.of(new HttpProtocol(), new TlsProtocol(), new MtprotoProtocol());

  private static final ProtocolSet SET = new ProtocolSet(ALL);

  private Protocols() {}

  /** All protocols, in the order of asking; at most 64. */
  public static List<Protocol> all() {
    return ALL;
  }

  /** All protocols as one set, shared by all flows. */
  public static ProtocolSet set() {
    return SET;
  }
}
