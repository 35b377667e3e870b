package dev.forensics.indexer.detect.bittorrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.Exchange;
import dev.forensics.indexer.detect.FactsText;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolContract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BittorrentProtocolTest extends ProtocolContract {
  @Override
  protected Protocol protocol() {
    return new BittorrentProtocol();
  }

  private static final String HANDSHAKE =
      "\23BitTorrent protocol\0\0\0\0\0\20\0\5" + "h".repeat(20) + "-TR4050-abcdefghijkl";

  @Override
  protected List<Exchange> conversations() {
    return List.of(
        Exchange.tcp().client(HANDSHAKE).server(HANDSHAKE.replace("-TR4050-", "-qB4600-")),
        Exchange.udp().clientHex("4100 1234 00112233 00000000 00040000 0001 0000"),
        Exchange.udp()
            .client("d1:ad2:id20:" + "n".repeat(20) + "e1:q4:ping1:t2:aa1:y1:qe")
            .server("d1:rd2:id20:" + "m".repeat(20) + "e1:t2:aa1:y1:re"));
  }

  @Override
  protected List<byte[]> strangers() {
    return List.of("\23BitTorrent proxy".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void shouldReadBothHandshakes() throws IllegalAccessException {
    FlowFacts all = conversations().get(0).parse(protocol());
    BittorrentFacts facts = all.get(BittorrentFacts.class);
    assertThat(facts.infoHash).isEqualTo("68".repeat(20));
    assertThat(facts.originatorPeerId).isEqualTo("-TR4050-abcdefghijkl");
    assertThat(facts.responderPeerId).isEqualTo("-qB4600-abcdefghijkl");
    assertThat(FactsText.of(all)).contains("kind=peer");
  }

  @Test
  void shouldTellTheKinds() {
    FlowFacts utp = conversations().get(1).parse(protocol());
    FlowFacts dht = conversations().get(2).parse(protocol());
    assertThat(utp.get(BittorrentFacts.class).kind).isEqualTo("utp");
    assertThat(dht.get(BittorrentFacts.class).kind).isEqualTo("dht");
  }
}
