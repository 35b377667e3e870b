package dev.forensics.indexer.detect.http;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.forensics.indexer.detect.FuzzedDialogue;

/** Any bytes of both sides, cut and with gaps: facts within bounds, no exception. */
class HttpParserFuzzTest {
  @FuzzTest
  void reads(byte[] script) {
    FuzzedDialogue.check(new HttpProtocol(), script);
  }
}
