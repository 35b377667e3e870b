package dev.forensics.indexer.document.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {
  private static final int ROUNDS = 20_000;

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "192.0.2.7, 192.0.2.7",
    "10.100.9.99, 10.100.9.99",
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "1:0:0:0:0:0:0:0, 1::",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:0DB8:0:0:8:800:200C:417A, 2001:db8::8:800:200c:417a",
    "fe80:0:0:0:abcd:ef01:2345:6789, fe80::abcd:ef01:2345:6789",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "0:1:0:1:0:1:0:1, 0:1:0:1:0:1:0:1",
    "0:0:1:1:1:1:0:0, ::1:1:1:1:0:0",
  })
  void shouldWriteAsRfc5952Recommends(String address, String text) throws UnknownHostException {
    assertThat(text(InetAddress.getByName(address).getAddress())).isEqualTo(text);
  }

  @Test
  void shouldWriteMappedAddressesInDottedDecimal() {
    assertThat(AddressText.of(6, 0, 0xffff_c000_0207L)).isEqualTo("::ffff:192.0.2.7");
    assertThat(AddressText.of(6, 0, 0x1_ffff_c000_0207L)).isEqualTo("::1:ffff:c000:207");
  }

  @Test
  void shouldGiveBackEveryAddress() throws UnknownHostException {
    Random random = new Random(5952);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] address = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(address);
      for (int j = 0; j < address.length; j++) {
        address[j] = random.nextInt(3) == 0 ? address[j] : 0;
      }
      String text = text(address);
      assertThat(text.length()).isLessThanOrEqualTo(AddressText.MAX_LENGTH);
      assertThat(InetAddress.getByName(text)).isEqualTo(InetAddress.getByAddress(address));
    }
  }

  @Test
  void shouldWriteMacAddressesAsEcsWantsThem() {
    byte[] text = new byte[AddressText.MAC_LENGTH];
    AddressText.writeMac(0x00005e00_53afL, text, 0);
    assertThat(new String(text, StandardCharsets.US_ASCII)).isEqualTo("00-00-5E-00-53-AF");
  }

  private static String text(byte[] address) {
    ByteBuffer bytes = ByteBuffer.wrap(address);
    return address.length == 4
        ? AddressText.of(4, 0, bytes.getInt() & 0xffff_ffffL)
        : AddressText.of(6, bytes.getLong(), bytes.getLong());
  }
}
