package dev.forensics.indexer.capture;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** Any bytes behind a pcap magic: records or a {@link CaptureException}, within bounds. */
class PcapFuzzTest {
  @FuzzTest
  void reads(byte[] file) throws IOException {
    if (file.length >= 4 && CaptureFormat.of(file, 0) == CaptureFormat.PCAP) {
      FuzzedReading.check(file);
    }
  }
}
