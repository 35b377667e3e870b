package dev.forensics.indexer.detect.tls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.forensics.indexer.detect.FuzzedDialogue;

/** Any bytes of both sides, cut and with gaps: facts within bounds, no exception. */
class TlsParserFuzzTest {
  @FuzzTest
  void reads(byte[] script) {
    FuzzedDialogue.check(new TlsProtocol(), script);
  }
}
