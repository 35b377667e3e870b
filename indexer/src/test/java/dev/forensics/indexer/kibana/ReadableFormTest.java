package dev.forensics.indexer.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReadableFormTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void shouldUnfoldSortAndLeaveOutWhatIsTheServers() throws IOException {
    ObjectNode stored =
        object(
            "{'type':'dashboard','id':'d','version':'x','managed':false,'updated_at':'t',"
                + "'created_by':'u','attributes':{'version':2,'panelsJSON':'[{\\'gridData\\':"
                + "{\\'y\\':5,\\'x\\':0}},{\\'gridData\\':{\\'y\\':0,\\'x\\':9}}]'}}");

    assertThat(ReadableForm.readable(stored))
        .isEqualTo(
            object(
                "{'type':'dashboard','id':'d','attributes':{'version':2,'panelsJSON':"
                    + "[{'gridData':{'y':0,'x':9}},{'gridData':{'y':5,'x':0}}]}}"));
    ObjectNode again = ReadableForm.stored(ReadableForm.readable(stored));
    assertThat(again.at("/attributes/panelsJSON").isTextual()).isTrue();
  }

  @Test
  void shouldKeepTheLinesOfASpecThatIsNotPlainJson() throws IOException {
    ObjectNode stored = JSON.createObjectNode().put("type", "visualization").put("id", "v");
    String hjson = "{\n  // who\n  mark: tick\n}";
    stored.putObject("attributes").putObject("visState").putObject("params").put("spec", hjson);

    ObjectNode readable = ReadableForm.readable(stored);

    assertThat(readable.at("/attributes/visState/params/spec")).hasSize(4);
    String again = ReadableForm.stored(readable).at("/attributes/visState").asText();
    assertThat(JSON.readTree(again).at("/params/spec").asText()).isEqualTo(hjson);
  }

  @Test
  void shouldLeaveReadableFilesAsTheyAre() throws IOException {
    for (SavedObject object : KibanaPack.bundled().objects()) {
      assertThat(ReadableForm.readable(object.json())).isEqualTo(object.json());
      assertThat(ReadableForm.readable(ReadableForm.stored(object.json())))
          .isEqualTo(object.json());
    }
  }

  private static ObjectNode object(String json) throws IOException {
    return (ObjectNode) JSON.readTree(json.replace("\\'", "\\\"").replace('\'', '"'));
  }
}
