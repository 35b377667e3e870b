package dev.forensics.indexer.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BulkReplyTest {
  private static final String MIXED =
      """
      {"took":3,"errors":true,"items":[
       {"create":{"_index":"i","_id":"a","status":201,"_shards":{"total":1}}},
       {"create":{"status":409,"error":{"type":"version_conflict_engine_exception","reason":"there"}}},
       {"create":{"error":{"type":"document_parsing_exception","reason":"bad field",
         "caused_by":{"type":"number_format_exception","reason":"not a number"}},"status":400}}]}
      """;

  private final List<String> items = new ArrayList<>();

  private boolean read(String body, int count) throws IOException {
    items.clear();
    return BulkReply.read(
        new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
        count,
        (item, status, type, reason) -> items.add(item + " " + status + " " + type + " " + reason));
  }

  @Test
  void shouldHandOverEveryItemWithItsReasonAndTheCausesOfIt() throws IOException {
    assertThat(read(MIXED, 3)).isFalse();
    assertThat(items)
        .containsExactly(
            "0 201  ",
            "1 409 version_conflict_engine_exception there",
            "2 400 document_parsing_exception bad field: not a number");
  }

  @Test
  void shouldNotReadOnWhenNothingFailed() throws IOException {
    assertThat(read("{\"errors\":false,\"items\":[this is never read", 5_000)).isTrue();
    assertThat(items).isEmpty();
  }

  @Test
  void shouldRefuseEveryAnswerThatBreaksOff() throws IOException {
    int end = MIXED.lastIndexOf(']');
    for (int length = 0; length <= end; length++) {
      String part = MIXED.substring(0, length);
      assertThatThrownBy(() -> read(part, 3)).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4})
  void shouldRefuseAnotherNumberOfItemsThanWereSent(int sent) {
    assertThatThrownBy(() -> read(MIXED, sent)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{}", "<html>", "{\"errors\":true}", "{\"errors\":true,\"items\":{}}"})
  void shouldRefuseWhatIsNoAnswerToABulk(String body) {
    assertThatThrownBy(() -> read(body, 1)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "200, '', STORED",
    "201, '', STORED",
    "409, version_conflict_engine_exception, DUPLICATE",
    "400, document_parsing_exception, REFUSED",
    "400, illegal_argument_exception, REFUSED",
    "400, validation_exception, RETRY",
    "413, '', REFUSED",
    "401, security_exception, RETRY",
    "403, cluster_block_exception, RETRY",
    "404, index_not_found_exception, RETRY",
    "429, es_rejected_execution_exception, RETRY",
    "500, '', RETRY",
    "503, unavailable_shards_exception, RETRY"
  })
  void shouldBlameTheDocumentOnlyForItsOwnFaults(int status, String type, ItemFate fate) {
    assertThat(ItemFate.of(status, type)).isEqualTo(fate);
  }
}
