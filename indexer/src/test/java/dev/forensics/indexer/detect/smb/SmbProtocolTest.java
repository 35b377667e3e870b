package dev.forensics.indexer.detect.smb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FactsText;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolContract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmbProtocolTest extends ProtocolContract {
  @Override
  protected Protocol protocol() {
    return new SmbProtocol();
  }

  private static String message(String magic, String rest) {
    byte[] body = Exchange.hex(magic + rest);
    return String.format("%08x", body.length) + magic + rest;
  }

  private static final Exchange SMB3 =
      Exchange.tcp()
          .clientHex(message("ff534d42", "72 00000000 18 01c8 " + "00".repeat(20) + "00 0200 0200"))
          .serverHex(
              message(
                  "fe534d42",
                  "4000 0000 00000000 0000 0100 01000000 "
                      + "00".repeat(44)
                      + "4100 0300 1103 0000"
                      + "00".repeat(56)))
          .clientHex(message("fd534d42", "00".repeat(60)));

  @Override
  protected List<Exchange> conversations() {
    return List.of(
        SMB3,
        Exchange.tcp()
            .client(
                "\201\0\0\104\40CKFDENECFDEFFCFGEFFCCACACACACACA\0"
                    + "\40EGEPFCEFFDEMEJEDEBFECACACACACAAA\0"));
  }

  @Override
  protected List<byte[]> strangers() {
    return List.of(
        Exchange.hex("00000045 ff534d43"), "\0\0\0\20SMB!".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void shouldReadDialectAndProtection() throws IllegalAccessException {
    FlowFacts facts = SMB3.parse(protocol());
    SmbFacts smb = facts.get(SmbFacts.class);
    assertThat(smb.dialect).isEqualTo("3.1.1");
    assertThat(smb.signingRequired).isTrue();
    assertThat(smb.encrypted).isTrue();
    assertThat(smb.version1).isTrue();
    assertThat(FactsText.of(facts)).contains("messages=3");
  }
}
