package dev.forensics.indexer.detect.mtproto;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.forensics.indexer.detect.FuzzedDialogue;

/** Any bytes of both sides, cut and with gaps: facts within bounds, no exception. */
class MtprotoParserFuzzTest {
  @FuzzTest
  void reads(byte[] script) {
    FuzzedDialogue.check(new MtprotoProtocol(), script);
  }
}
