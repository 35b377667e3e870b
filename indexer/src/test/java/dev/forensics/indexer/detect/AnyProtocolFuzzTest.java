package dev.forensics.indexer.detect;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.forensics.indexer.flow.Flow;
import java.util.Arrays;
import java.util.List;

/** The first byte chooses the protocol, and in bit 7 its transport; the rest is the dialogue. */
class AnyProtocolFuzzTest {
  private static final List<Protocol> ALL = Protocols.all();

  @FuzzTest
  void reads(byte[] script) {
    if (script.length < 2) {
      return;
    }
    Protocol protocol = ALL.get((script[0] & 0x7F) % ALL.size());
    Flow flow = (script[0] < 0 ? Exchange.udp() : Exchange.tcp()).flow();
    if (protocol.runsOver(flow.protocol)) {
      FuzzedDialogue.check(protocol, flow, Arrays.copyOfRange(script, 1, script.length));
    }
  }
}
