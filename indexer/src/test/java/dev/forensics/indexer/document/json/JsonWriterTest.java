package dev.forensics.indexer.document.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  private static final SerializableString NAME = JsonWriter.name("name");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int ROUNDS = 3_000;

  private final JsonWriter json = new JsonWriter(true);

  @Test
  void shouldKeepOrdinaryText() throws IOException {
    assertThat(written("Zürich \"quoted\" \\ 日本 😀")).isEqualTo("Zürich \"quoted\" \\ 日本 😀");
  }

  @Test
  void shouldReplaceWhatSteersTerminalsAndTheDirectionOfText() throws IOException {
    assertThat(written("a\u0000b\u001b[31mc\u007fd\u009be")).isEqualTo("a�b�[31mc�d�e");
    assertThat(written("exe\u202etxt\u2066\u200e\u2028")).isEqualTo("exe�txt���");
    assertThat(written("tab\there\r\n")).isEqualTo("tab�here��");
  }

  @Test
  void shouldReplaceHalvesOfSurrogatePairs() throws IOException {
    assertThat(written("a\ud83db")).isEqualTo("a�b");
    assertThat(written("\ude00\ud83d")).isEqualTo("��");
    assertThat(written("\ud83d\ude00")).isEqualTo("😀");
  }

  @Test
  void shouldCutLongTextAndMarkIt() throws IOException {
    assertThat(written("a".repeat(1024))).isEqualTo("a".repeat(1024));
    assertThat(written("a".repeat(1025))).isEqualTo("a".repeat(1023) + "…");
    assertThat(written("a".repeat(1022) + "😀b")).isEqualTo("a".repeat(1022) + "…");
    assertThat(written("a".repeat(1023) + "😀")).isEqualTo("a".repeat(1023) + "…");
    assertThat(document(w -> w.longText(NAME, "a".repeat(5000))).path("name").asText())
        .isEqualTo("a".repeat(4095) + "…");
  }

  @Test
  void shouldWriteValidJsonForAnyText() throws IOException {
    Random random = new Random(8259);
    for (int i = 0; i < ROUNDS; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(40) == 0 ? 1000 + random.nextInt(100) : random.nextInt(30);
      for (int j = 0; j < length; j++) {
        text.append(
            (char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : random.nextInt(256)));
      }
      String read = written(text.toString());
      assertThat(read.length()).isLessThanOrEqualTo(1024);
      assertThat(read).doesNotContainPattern("[\\p{Cntrl}\\u202a-\\u202e]");
      assertThat(written(text.toString())).isEqualTo(read);
    }
  }

  @Test
  void shouldKeepPathsWhole() throws IOException {
    String path = "/captures/tab\there/" + "a".repeat(3000) + ".pcap";
    assertThat(document(w -> w.exact(NAME, path)).path("name").asText()).isEqualTo(path);
    assertThat(document(w -> w.exact(NAME, "/a\ud83d")).path("name").asText()).isEqualTo("/a�");
  }

  @Test
  void shouldLeaveOutWhatIsNotThere() throws IOException {
    JsonNode empty =
        document(
            w -> {
              w.text(NAME, (String) null);
              w.texts(NAME, List.of());
              w.mac(NAME, -1);
              w.hex(NAME, (byte[]) null, 8);
              w.printable(NAME, null, 8);
              w.number(NAME, Double.NaN);
              w.timeMillis(NAME, Long.MAX_VALUE);
            });
    assertThat(empty).isEmpty();
  }

  @Test
  void shouldShowBytesBothWaysUpToTheLimit() throws IOException {
    byte[] bytes = {'G', 'E', 'T', ' ', '"', '\\', 0, (byte) 0xff};
    assertThat(document(w -> w.printable(NAME, bytes, 100)).path("name").asText())
        .isEqualTo("GET \"\\..");
    assertThat(document(w -> w.hex(NAME, bytes, 100)).path("name").asText())
        .isEqualTo("47455420225c00ff");
    assertThat(document(w -> w.hex(NAME, bytes, 2)).path("name").asText()).isEqualTo("4745");
    assertThat(document(w -> w.printable(NAME, new byte[5000], 5000)).path("name").asText())
        .hasSize(5000);
  }

  @Test
  void shouldBeginAnewAfterADocumentThatWasNotFinished() throws IOException {
    json.begin();
    json.open(NAME);
    assertThat(written("next")).isEqualTo("next");
  }

  @Test
  void shouldRefuseTwoMembersOfOneNameInTests() {
    json.begin();
    json.number(NAME, 1);
    assertThatThrownBy(() -> json.number(NAME, 2)).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void shouldWriteOneObjectAfterAnother() {
    for (int i = 0; i < 3; i++) {
      json.begin();
      json.number(NAME, i);
      assertThat(new String(json.end(), StandardCharsets.UTF_8)).isEqualTo("{\"name\":" + i + "}");
    }
  }

  private String written(String text) throws IOException {
    return document(w -> w.text(NAME, text)).path("name").asText();
  }

  private JsonNode document(Consumer<JsonWriter> content) throws IOException {
    json.begin();
    content.accept(json);
    return MAPPER.readTree(json.end());
  }
}
