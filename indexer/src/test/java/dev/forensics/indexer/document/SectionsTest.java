package dev.forensics.indexer.document;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.http.HttpRequest;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SectionsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void shouldTakeTheOpenerAsSourceHoweverTheFlowWasFound() throws IOException {
    JsonNode midstream = document("flow-midstream");
    assertThat(midstream.at("/source/ip").asText()).isEqualTo(SampleFlows.CLIENT);
    assertThat(midstream.at("/destination/port").asInt()).isEqualTo(443);
    assertThat(midstream.at("/client")).isEqualTo(midstream.at("/source"));
    assertThat(midstream.at("/server")).isEqualTo(midstream.at("/destination"));
    assertThat(midstream.at("/forensics/payload/server/bytes").asInt()).isEqualTo(19);
    assertThat(midstream.at("/forensics/quality/midstream").asBoolean()).isTrue();
    assertThat(midstream.at("/forensics/quality/one_sided").asBoolean()).isTrue();
  }

  @Test
  void shouldSumBothSides() throws IOException {
    for (EcsDocument document : SampleDocuments.all().values()) {
      JsonNode json = MAPPER.readTree(document.json());
      if (document.kind() != DocumentKind.CAPTURE) {
        for (String count : List.of("bytes", "packets")) {
          assertThat(json.path("network").path(count).asLong())
              .isEqualTo(
                  json.path("source").path(count).asLong()
                      + json.path("destination").path(count).asLong());
        }
        assertThat(json.at("/event/id").asText()).isEqualTo(document.id());
      }
    }
  }

  @Test
  void shouldWriteNothingEmpty() throws IOException {
    for (EcsDocument document : SampleDocuments.all().values()) {
      JsonNode json = MAPPER.readTree(document.json());
      for (JsonNode parent : json.findParents("forensics")) {
        assertThat(parent.toString()).doesNotContain("{}", "[]", ":null");
      }
    }
  }

  @Test
  void shouldNumberSegmentsAndSayWhichIsTheLast() throws IOException {
    JsonNode segment = document("flow-tls-segment");
    String flowId = segment.at("/forensics/flow/id").asText();
    assertThat(segment.at("/event/id").asText()).isEqualTo(flowId + "-2");
    assertThat(segment.at("/forensics/flow/final").asBoolean()).isFalse();
    assertThat(segment.at("/event/type").toString()).isEqualTo("[\"connection\",\"protocol\"]");
    assertThat(document("flow-telegram").at("/event/type").toString())
        .isEqualTo("[\"connection\",\"end\",\"protocol\"]");
  }

  @Test
  void shouldNotNameADestinationAfterTheHostBehindIt() throws IOException {
    JsonNode web = document("flow-web");
    assertThat(web.at("/destination/domain").asText()).isEqualTo("example.org");
    assertThat(web.at("/related/hosts").toString()).contains("inner.example.net");
  }

  @Test
  void shouldSayWhichAlarmIsTheFirstForItsDestination() throws IOException {
    assertThat(document("alarm-first").at("/forensics/alarm/first_for_destination").asBoolean())
        .isTrue();
    JsonNode second = document("alarm-suppressed");
    assertThat(second.at("/forensics/alarm/first_for_destination").asBoolean()).isFalse();
    assertThat(second.at("/forensics/alarm/suppressed").asBoolean()).isTrue();
  }

  /** A TLS server answers with an alert; who spoke to it may have spoken anything. */
  @Test
  void shouldBlankThePasswordThatATlsServerWasSentWherePayloadIsFull() throws IOException {
    Flow flow = SampleFlows.unknown();
    flow.originator.firstPayload = "PASS secret\r\nNICK bob\r\n".getBytes(US_ASCII);
    FlowFacts facts = new FlowFacts();
    facts.responderProtocol = "tls";
    EcsDocument document =
        new FlowDocuments(SampleDocuments.context(true)).write(flow, facts, List.of());
    assertThat(MAPPER.readTree(document.json()).at("/forensics/payload/client/text").asText())
        .isEqualTo("PASS ******..NICK bob..");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /a?b=c, example.org, 443, http://example.org:443/a?b=<1>, example.org",
    "GET, /a, example.org, 80, http://example.org/a, example.org",
    "GET, /a, example.org:8080, 443, http://example.org:8080/a, example.org",
    "GET, /a, [2001:db8::1], 443, http://[2001:db8::1]:443/a, 2001:db8::1",
    "GET, /a, '', 443, http://192.0.2.2:443/a, ",
    "GET, http://Other.example/x?y, proxy.example, 3128, http://Other.example/x?<1>, other.example",
    "CONNECT, inner.example:443, inner.example:443, 3128, , inner.example",
    "OPTIONS, *, example.org, 443, , example.org",
    "GET, /http://trick/, example.org, 443, http://example.org:443/<5>//trick/, example.org",
  })
  void shouldPutTheUrlTogether(
      String method, String target, String host, int port, String full, String domain) {
    HttpRequest request =
        new HttpRequest(method, target, "1.1", host, null, null, null, -1, List.of(), 0, true);
    Flow flow = new Flow();
    flow.ipVersion = 4;
    flow.responderLow = 0xc000_0202L;
    flow.responderPort = port;
    assertThat(HttpUrl.full(request, flow, Direction.ORIGINATOR, null)).isEqualTo(full);
    assertThat(HttpUrl.domain(request)).isEqualTo(domain);
  }

  @ParameterizedTest
  @CsvSource({
    "4, 0, 0x0a000001, true", // 10.0.0.1
    "4, 0, 0xac1fffff, true", // 172.31.255.255
    "4, 0, 0xac200000, false", // 172.32.0.0
    "4, 0, 0xc0a80001, true", // 192.168.0.1
    "4, 0, 0x64400001, true", // 100.64.0.1
    "4, 0, 0x64800001, false", // 100.128.0.1
    "4, 0, 0x08080808, false", // 8.8.8.8
    "4, 0, 0xe00000fb, true", // 224.0.0.251
    "4, 0, 0xffffffff, true", // broadcast
    "6, 0, 1, true", // ::1
    "6, 0, 0xffff08080808, false", // ::ffff:8.8.8.8
    "6, 0, 0xffff0a000001, true", // ::ffff:10.0.0.1
  })
  void shouldKnowPrivateAddresses(int version, long high, String low, boolean expected) {
    assertThat(NetworkDirection.isPrivate(version, high, Long.decode(low))).isEqualTo(expected);
  }

  @Test
  void shouldKnowPrivateIpv6Prefixes() {
    assertThat(NetworkDirection.isPrivate(6, 0xfd00_0000_0000_0000L, 1)).isTrue();
    assertThat(NetworkDirection.isPrivate(6, 0xfe80_0000_0000_0000L, 1)).isTrue();
    assertThat(NetworkDirection.isPrivate(6, 0xff02_0000_0000_0000L, 1)).isTrue();
    assertThat(NetworkDirection.isPrivate(6, 0x2001_0db8_0000_0000L, 1)).isFalse();
  }

  private static JsonNode document(String name) throws IOException {
    return MAPPER.readTree(SampleDocuments.all().get(name).json());
  }
}
