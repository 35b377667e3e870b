package dev.forensics.indexer.detect.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolContract;
import dev.forensics.indexer.flow.Direction;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class TlsProtocolTest extends ProtocolContract {
  /** Subject and issuer C=CH, O=Example, CN=self.example; made for this test. */
  private static final byte[] CERTIFICATE =
      Base64.getDecoder()
          .decode(
              "MIIB8TCCAZigAwIBAgIULa2rWXUlo6tVvJQ6FdIk/HnUKcEwCgYIKoZIzj0EAwIwNjELMAkGA1UEBhMCQ0gx"
                  + "EDAOBgNVBAoMB0V4YW1wbGUxFTATBgNVBAMMDHNlbGYuZXhhbXBsZTAeFw0yNjExMjMyMDM2MzdaFw0z"
                  + "NjExMjAyMDM2MzdaMDYxCzAJBgNVBAYTAkNIMRAwDgYDVQQKDAdFeGFtcGxlMRUwEwYDVQQDDAxzZWxm"
                  + "LmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARU1TIB0EOR2+UuIABROFA+m1cNoT807W9r"
                  + "rttEdOVAQIw0WD3kOih6dl/Ky3HgYiV3ApXkyyURwaeLEulAHEZco4GDMIGAMB0GA1UdDgQWBBRJqhW0"
                  + "jZq7Y6I+ZzCW15dIZeoUSzAfBgNVHSMEGDAWgBRJqhW0jZq7Y6I+ZzCW15dIZeoUSzAPBgNVHRMBAf8E"
                  + "BTADAQH/MC0GA1UdEQQmMCSCDHNlbGYuZXhhbXBsZYIOKi5zZWxmLmV4YW1wbGWHBMAAAgEwCgYIKoZI"
                  + "zj0EAwIDRwAwRAIgT1r/GS/faVIjtq347BZlyRBazcnviIZAjFuHoW4eEakCIHfXp1EytISnLLHot4gk"
                  + "MNNoF6vcKsDvodUKcfpFi7fo");

  private static final String SUITES =
      "0a0a 1301 1302 1303 c02b c02f c02c c030 cca9 cca8 c013 c014 009c 009d 002f 0035";

  /** The extensions of the example in FoxIO's JA4.md, a current Chrome, in its order. */
  private static final String EXTENSIONS =
      "1a1a0000 001b0003020002 00000010000e00000b6578616d706c652e636f6d 00330000"
          + " 0010000e000c02683208687474702f312e31 44690000 0017 0000 002d0000"
          + " 000d0012 0010 04030804040105030805050108060601 0005 0000 00230000 00120000"
          + " 002b0007 06 2a2a03040303 ff01000100 000b00020100 000a000a0008 3a3a001d00170018"
          + " 00150000";

  private static byte[] clientHello() {
    byte[] suites = Exchange.hex(SUITES);
    byte[] extensions = Exchange.hex(EXTENSIONS);
    Message body = new Message().u16(0x0303).raw(new byte[32]).u8(0);
    body.u16(suites.length).raw(suites).u8(1).u8(0).u16(extensions.length).raw(extensions);
    return record(22, message(1, body.bytes()));
  }

  private static byte[] serverHello12() {
    Message body = new Message().u16(0x0303).raw(new byte[32]).u8(0).u16(0xC02F).u8(0);
    byte[] extensions = Exchange.hex("ff01000100 00100005000302 6832 000b00020100");
    return record(22, message(2, body.u16(extensions.length).raw(extensions).bytes()));
  }

  private static byte[] certificate() {
    Message body = new Message().u24(CERTIFICATE.length + 3).u24(CERTIFICATE.length);
    return record(22, message(11, body.raw(CERTIFICATE).bytes()));
  }

  private static byte[] message(int type, byte[] body) {
    return new Message().u8(type).u24(body.length).raw(body).bytes();
  }

  private static byte[] record(int type, byte[] content) {
    return new Message().u8(type).u16(0x0303).u16(content.length).raw(content).bytes();
  }

  private static Exchange handshake12() {
    return Exchange.tcp()
        .client(clientHello())
        .server(serverHello12())
        .server(certificate())
        .client(record(20, new byte[] {1}))
        .client(record(22, new byte[40]))
        .server(record(20, new byte[] {1}))
        .server(record(22, new byte[40]))
        .client(record(23, new byte[100]))
        .server(record(23, new byte[100]));
  }

  @Override
  protected Protocol protocol() {
    return new TlsProtocol();
  }

  @Override
  protected List<Exchange> conversations() {
    return List.of(
        handshake12(), Exchange.tcp().client(clientHello()).server(record(21, new byte[] {2, 70})));
  }

  @Override
  protected List<byte[]> strangers() {
    return List.of(
        Exchange.hex("16 50 4f 53 54"),
        Exchange.hex("160301ffff010000"),
        Exchange.hex("1603010100 05 000000"),
        "GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII),
        Exchange.hex("80 2e 09 00 02"));
  }

  private TlsFacts parse(Exchange exchange) {
    return exchange.parse(protocol()).get(TlsFacts.class);
  }

  @Test
  void shouldComputeTheFingerprintOfTheSpecification() {
    TlsFacts facts = parse(handshake12());
    assertThat(facts.ja4).isEqualTo("t13d1516h2_8daaf6152771_e5627efa2ab1");
    assertThat(facts.serverName).isEqualTo("example.com");
    assertThat(facts.alpnOffered).containsExactly("h2", "http/1.1");
    assertThat(facts.offeredVersion).isEqualTo(0x0304);
  }

  @Test
  void shouldComputeJa3WithoutGrease() throws java.security.NoSuchAlgorithmException {
    String text =
        "771,4865-4866-4867-49195-49199-49196-49200-52393-52392-49171-49172-156-157-47-53,"
            + "27-0-51-16-17513-23-45-13-5-35-18-43-65281-11-10-21,29-23-24,0";
    byte[] digest =
        java.security.MessageDigest.getInstance("MD5")
            .digest(text.getBytes(StandardCharsets.US_ASCII));
    assertThat(parse(handshake12()).ja3).isEqualTo(java.util.HexFormat.of().formatHex(digest));
  }

  @Test
  void shouldReadTheServersChoice() {
    TlsFacts facts = parse(handshake12());
    assertThat(facts.version).isEqualTo("1.2");
    assertThat(facts.cipherName).isEqualTo("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    assertThat(facts.alpn).isEqualTo("h2");
    assertThat(facts.established).isTrue();
    assertThat(facts.resumed).isFalse();
    assertThat(facts.client).isEqualTo(Direction.ORIGINATOR);
  }

  @Test
  void shouldReadTheCertificate() {
    CertificateFacts certificate = parse(handshake12()).certificates.get(0);
    assertThat(certificate.sha256())
        .isEqualTo("a51a0671dee6a45f30a8f41d9c602e5a795aea5249afc362acad14f847d4bbda");
    assertThat(certificate.commonName()).isEqualTo("self.example");
    assertThat(certificate.names()).containsExactly("self.example", "*.self.example", "192.0.2.1");
    assertThat(certificate.selfSigned()).isTrue();
    assertThat(Instant.ofEpochMilli(certificate.notAfterMillis()))
        .isEqualTo("2036-11-20T20:36:37Z");
  }

  @Test
  void shouldNotTakeARefusedHandshakeForAnEstablishedOne() {
    TlsFacts facts = parse(conversations().get(1));
    assertThat(facts.serverAlert).isEqualTo(2 * 256 + 70);
    assertThat(facts.established).isFalse();
  }

  @Test
  void shouldSeeAResumedSession() {
    TlsFacts facts =
        parse(
            Exchange.tcp()
                .client(clientHello())
                .server(serverHello12())
                .server(record(20, new byte[] {1})));
    assertThat(facts.resumed).isTrue();
  }

  @Test
  void shouldReadAHelloInSeveralRecords() {
    byte[] message = java.util.Arrays.copyOfRange(clientHello(), 5, clientHello().length);
    Exchange exchange = Exchange.tcp();
    for (int at = 0; at < message.length; at += 50) {
      exchange.client(
          record(22, java.util.Arrays.copyOfRange(message, at, Math.min(message.length, at + 50))));
    }
    assertThat(parse(exchange).ja3).isEqualTo(parse(handshake12()).ja3);
  }

  @Test
  void shouldGoOnAfterAnSsl2Hello() {
    byte[] hello =
        new Message()
            .u16(0x8000 | (9 + 3 + 16))
            .u8(1)
            .u16(0x0300)
            .u16(3)
            .u16(0)
            .u16(16)
            .raw(new byte[] {0, 0, 5})
            .raw(new byte[16])
            .bytes();
    TlsFacts facts =
        parse(
            Exchange.tcp()
                .client(hello)
                .server(serverHello12())
                .client(record(20, new byte[] {1}))
                .client(record(22, new byte[40]))
                .server(record(20, new byte[] {1}))
                .server(record(22, new byte[40])));
    assertThat(facts.ssl2Hello).isTrue();
    assertThat(facts.offeredVersion).isEqualTo(0x0300);
    assertThat(facts.established).isTrue();
  }

  @Test
  void shouldCountBrokenCertificates() {
    byte[] broken = CERTIFICATE.clone();
    broken[10] ^= 0x55;
    Message body = new Message().u24(broken.length + 3).u24(broken.length).raw(broken);
    TlsFacts facts =
        parse(Exchange.tcp().server(serverHello12()).server(record(22, message(11, body.bytes()))));
    assertThat(facts.brokenCertificates).isEqualTo(1);
  }

  @Test
  void shouldGoOnOverAGapWithinARecord() {
    FlowFacts facts = new FlowFacts();
    var parser = protocol().open(Exchange.tcp().flow(), facts);
    byte[] hello = clientHello();
    parser.payload(Direction.ORIGINATOR, hello, 0, hello.length, 1);
    byte[] half = java.util.Arrays.copyOf(record(22, message(22, new byte[500])), 100);
    assertThat(parser.payload(Direction.ORIGINATOR, half, 0, half.length, 1)).isTrue();
    assertThat(parser.gap(Direction.ORIGINATOR, 409, 1)).isTrue();
    assertThat(parser.gap(Direction.ORIGINATOR, 1, 1)).isFalse();
  }

  /** Writes big-endian numbers. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message u8(int value) {
      out.write(value);
      return this;
    }

    Message u16(int value) {
      return u8(value >> 8).u8(value);
    }

    Message u24(int value) {
      return u8(value >> 16).u16(value);
    }

    Message raw(byte[] bytes) {
      out.writeBytes(bytes);
      return this;
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
