package dev.forensics.indexer.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTableTest {
  @ParameterizedTest
  @CsvSource({
    "149.154.167.51, 149.154.164.0/22",
    "149.154.175.50, 149.154.160.0/20",
    "149.154.176.0, ",
    "149.154.159.255, ",
    "91.108.59.255, 91.108.56.0/22",
    "95.161.76.100, 95.161.64.0/20",
    "2001:67c:4e8:f002::a, 2001:67c:4e8::/48",
    "2a0a:f280:203::1, 2a0a:f280:203::/48",
    "2a0a:f280:204::1, 2a0a:f280::/32",
    "2001:67c:4e9::, ",
    "0.0.0.0, ",
    "::, "
  })
  void shouldFindTheLongestBuiltInPrefix(String address, String prefix) {
    Registration holder = lookup(PrefixTable.builtIn(), address);
    assertThat(holder == null ? null : holder.prefix()).isEqualTo(prefix);
    if (holder != null) {
      assertThat(holder.organization()).isEqualTo("Telegram Messenger");
      assertThat(holder.application()).isEqualTo("telegram");
      assertThat(holder.source()).isNotEmpty();
      assertThat(holder.asOf()).matches("\\d{4}-\\d{2}-\\d{2}");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldAgreeWithAPlainSearch(long seed) {
    Random random = new Random(seed);
    List<Registration> lines = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      int bits = random.nextInt(33);
      long address = Prefix.maskLow(4, random.nextInt() & 0xFFFF_FFFFL & 0xC0FF_00FFL, bits);
      lines.add(new Registration(dotted(address) + "/" + bits, "o" + i, i, null, "t", null));
    }
    PrefixTable table = PrefixTable.of(lines);
    for (int i = 0; i < 2000; i++) {
      long address = random.nextInt() & 0xC0FF_00FFL;
      assertThat(table.lookup(4, 0, address)).isEqualTo(search(lines, address));
    }
  }

  private static Registration search(List<Registration> lines, long address) {
    Registration best = null;
    int bestBits = -1;
    for (Registration line : lines) {
      Prefix prefix = Prefix.parse(line.prefix());
      if (prefix.holds(0, address) && prefix.bits() >= bestBits) {
        best = line;
        bestBits = prefix.bits();
      }
    }
    return best;
  }

  @Test
  void shouldReadAUsersList(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("own.csv");
    Files.writeString(
        file,
        "# mine\nprefix,organization\n\n10.0.0.0/8,\"Office, main\",AS64512\n192.0.2.1,Printer\n");
    List<Registration> lines = PrefixFile.load(file);
    assertThat(lines)
        .extracting(Registration::organization)
        .containsExactly("Office, main", "Printer");
    assertThat(lines.get(0).asn()).isEqualTo(64512);
    assertThat(lookup(PrefixTable.of(lines), "192.0.2.1").organization()).isEqualTo("Printer");
    assertThat(lookup(PrefixTable.of(lines), "192.0.2.2")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33,x",
        "10.0.0.1/8,x",
        "host.example/8,x",
        "10.0.0.0/8",
        "::1/129,x",
        "1.2.3,x",
        "10.0.0.0/8,x,ASx"
      })
  void shouldNameTheLineThatIsWrong(String line, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("own.csv");
    Files.writeString(file, "192.0.2.0/24,ok\n" + line + "\n");
    assertThatThrownBy(() -> PrefixFile.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("own.csv line 2");
  }

  private static String dotted(long address) {
    return (address >> 24)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  private static Registration lookup(PrefixTable table, String address) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(InetAddress.getByName(address).getAddress());
      return bytes.capacity() == 4
          ? table.lookup(4, 0, bytes.getInt() & 0xFFFF_FFFFL)
          : table.lookup(6, bytes.getLong(), bytes.getLong());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address, e);
    }
  }
}
