package dev.forensics.indexer.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StateSealTest {
  private static final String SECRET = "correct horse battery staple";

  @Test
  void shouldOpenWhatItSealed() {
    Random random = new Random(7);
    StateSeal seal = new StateSeal(StateSeal.newKey());
    for (int length = 0; length < 300; length++) {
      byte[] state = new byte[length];
      random.nextBytes(state);
      byte[] sealed = seal.seal(state);
      assertThat(seal.open(sealed)).isEqualTo(state);
      assertThat(seal.seal(state)).isEqualTo(sealed); // the same state is the same commit
    }
  }

  /** The bytes stand in a document in base64, which shifts them by one or two. */
  @Test
  void shouldHideTheState() {
    StateSeal seal = new StateSeal("a key".getBytes(StandardCharsets.UTF_8));
    byte[] secret = SECRET.getBytes(StandardCharsets.UTF_8);
    for (int before = 0; before < 3; before++) {
      byte[] state = Arrays.copyOf(new byte[before], before + secret.length);
      System.arraycopy(secret, 0, state, before, secret.length);
      byte[] sealed = seal.seal(state);
      String open = Base64.getEncoder().encodeToString(state).substring(4, 32);
      assertThat(Base64.getEncoder().encodeToString(sealed)).doesNotContain(open);
      assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("horse");
      assertThat(HexFormat.of().formatHex(sealed))
          .doesNotContain(HexFormat.of().formatHex(secret, 0, 6));
    }
  }

  @Test
  void shouldRefuseWhatIsNotItsOwn() {
    StateSeal seal = new StateSeal(StateSeal.newKey());
    byte[] sealed = seal.seal(SECRET.getBytes(StandardCharsets.UTF_8));
    assertThat(new StateSeal(StateSeal.newKey()).open(sealed)).isNull();
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(seal.open(changed)).isNull();
      assertThat(seal.open(Arrays.copyOf(sealed, i))).isNull();
    }
  }
}
