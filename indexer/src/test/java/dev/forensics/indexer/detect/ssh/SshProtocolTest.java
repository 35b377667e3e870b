package dev.forensics.indexer.detect.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolContract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SshProtocolTest extends ProtocolContract {
  @Override
  protected Protocol protocol() {
    return new SshProtocol();
  }

  private static final String KEX = "curve25519-sha256,diffie-hellman-group14-sha256";
  private static final String HOST_KEY = "ssh-ed25519,rsa-sha2-512";
  private static final String UP = "aes128-ctr,aes256-ctr";
  private static final String DOWN = "chacha20-poly1305@openssh.com";
  private static final String MAC_UP = "hmac-sha2-256";
  private static final String MAC_DOWN = "hmac-sha2-512";

  private static byte[] keyExchange() {
    String[] lists = {KEX, HOST_KEY, UP, DOWN, MAC_UP, MAC_DOWN, "none", "none,zlib", "", ""};
    int names = 0;
    for (String list : lists) {
      names += 4 + list.length();
    }
    int payload = 17 + names + 5;
    int padding = 4 + (8 - (payload + 9) % 8) % 8;
    java.nio.ByteBuffer packet = java.nio.ByteBuffer.allocate(5 + payload + padding);
    packet.putInt(1 + payload + padding).put((byte) padding).put((byte) 20).put(new byte[16]);
    for (String list : lists) {
      packet.putInt(list.length()).put(list.getBytes(StandardCharsets.US_ASCII));
    }
    return packet.array();
  }

  private static String md5(String text) throws java.security.NoSuchAlgorithmException {
    return java.util.HexFormat.of()
        .formatHex(
            java.security.MessageDigest.getInstance("MD5")
                .digest(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static final Exchange WHOLE =
      Exchange.tcp()
          .client("SSH-2.0-OpenSSH_9.6\r\n")
          .server("SSH-2.0-dropbear_2022.83\n")
          .client(keyExchange())
          .server(keyExchange());

  @Override
  protected List<Exchange> conversations() {
    return List.of(WHOLE, Exchange.tcp().client(keyExchange()).server(keyExchange()));
  }

  @Override
  protected List<byte[]> strangers() {
    return List.of("SSH-3".getBytes(StandardCharsets.US_ASCII), Exchange.hex("0000012c06150000"));
  }

  @Test
  void shouldHashTheNamesOfEachSide() throws Exception {
    SshFacts ssh = WHOLE.parse(protocol()).get(SshFacts.class);
    assertThat(ssh.clientVersion).isEqualTo("SSH-2.0-OpenSSH_9.6");
    assertThat(ssh.serverVersion).isEqualTo("SSH-2.0-dropbear_2022.83");
    assertThat(ssh.hassh).isEqualTo(md5(KEX + ";" + UP + ";" + MAC_UP + ";none"));
    assertThat(ssh.hasshServer).isEqualTo(md5(KEX + ";" + DOWN + ";" + MAC_DOWN + ";none,zlib"));
  }

  /** The example of the HASSH repository: OpenSSH 7.6's client names and their published hash. */
  @Test
  void shouldAgreeWithThePublishedVector() throws Exception {
    String names =
        "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,"
            + "ecdh-sha2-nistp521,diffie-hellman-group-exchange-sha256,"
            + "diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,"
            + "diffie-hellman-group-exchange-sha1,diffie-hellman-group14-sha256,"
            + "diffie-hellman-group14-sha1,ext-info-c;"
            + "chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr,"
            + "aes128-gcm@openssh.com,aes256-gcm@openssh.com;"
            + "umac-64-etm@openssh.com,umac-128-etm@openssh.com,"
            + "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,"
            + "hmac-sha1-etm@openssh.com,umac-64@openssh.com,umac-128@openssh.com,"
            + "hmac-sha2-256,hmac-sha2-512,hmac-sha1;none,zlib@openssh.com,zlib";
    assertThat(md5(names)).isEqualTo("06046964c022c6407d15a27b12a6a4fb");
  }
}
