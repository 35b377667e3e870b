package dev.forensics.indexer.detect.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OctetsTest {
  private static final byte[] HIGH = {
    0, (byte) 0xFE, (byte) 0xDC, (byte) 0xBA, (byte) 0x98, 1, 2, 3, 4
  };

  @Test
  void shouldReadWithoutASign() {
    assertThat(Octets.u8(HIGH, 1)).isEqualTo(0xFE);
    assertThat(Octets.u16(HIGH, 1)).isEqualTo(0xFEDC);
    assertThat(Octets.u24(HIGH, 1)).isEqualTo(0xFEDCBA);
    assertThat(Octets.u32(HIGH, 1)).isEqualTo(0xFEDCBA98L);
    assertThat(Octets.i32(HIGH, 1)).isEqualTo(0xFEDCBA98);
    assertThat(Octets.i64(HIGH, 1)).isEqualTo(0xFEDCBA9801020304L);
  }

  @Test
  void shouldReadLittleEndian() {
    assertThat(Octets.u16le(HIGH, 1)).isEqualTo(0xDCFE);
    assertThat(Octets.u32le(HIGH, 1)).isEqualTo(0x98BADCFEL);
  }

  @Test
  void shouldAgreeAsFarAsBothReach() {
    assertThat(agrees("he", "HELO ")).isTrue();
    assertThat(agrees("HeLo there", "HELO ")).isTrue();
    assertThat(agrees("help", "HELO ")).isFalse();
    assertThat(agrees("", "HELO ")).isTrue();
  }

  @Test
  void shouldAgreeWithOneOfSeveral() {
    String[] words = {"USER ", "AUTH "};
    assertThat(Octets.agreesWithAny(bytes("auth tls"), 0, 8, words)).isTrue();
    assertThat(Octets.agreesWithAny(bytes("quit"), 0, 4, words)).isFalse();
    assertThat(Octets.agreesWithAny(bytes("quit"), 0, 4, new String[0])).isFalse();
  }

  @Test
  void shouldBeginWithAWholeWordOnly() {
    assertThat(Octets.startsWith(bytes("he"), 0, 2, "HELO")).isFalse();
    assertThat(Octets.startsWith(bytes("helo"), 0, 4, "HELO")).isTrue();
  }

  @Test
  void shouldFindAWordAtBothEnds() {
    assertThat(Octets.contains(bytes("an ftp"), 0, 6, "FTP")).isTrue();
    assertThat(Octets.contains(bytes("ftp is"), 0, 6, "FTP")).isTrue();
    assertThat(Octets.contains(bytes("an ftp"), 0, 5, "FTP")).isFalse();
  }

  @Test
  void shouldShowWhatDoesNotPrintAsDots() {
    byte[] mixed = bytes("GET\r\n\0x\u00ff");
    assertThat(Octets.readable(mixed, 0, mixed.length, 100)).isEqualTo("GET...x.");
    assertThat(Octets.readable(mixed, 0, mixed.length, 2)).isEqualTo("GE");
    assertThat(Octets.readable(mixed, 0, -1, 2)).isEmpty();
  }

  @Test
  void shouldWriteHexadecimal() {
    assertThat(Octets.hex(HIGH, 1, 3)).isEqualTo("fedcba");
  }

  private static boolean agrees(String text, String word) {
    return Octets.agrees(bytes(text), 0, text.length(), word);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
