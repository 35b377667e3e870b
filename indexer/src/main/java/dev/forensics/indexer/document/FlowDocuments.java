package dev.forensics.indexer.document;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes flow documents: one a flow, or one a segment of a long flow. One a worker; not
 * thread-safe.
 */
public final class FlowDocuments {
  static final List<Field> FIELDS =
      List.of(
          Field.own(
                  "forensics.verdicts",
                  FieldType.KEYWORD,
                  "Ids of the rules that raised an alarm about the flow, suppressed ones too.",
                  "http-on-https-port")
              .many()
              .in(DocumentKind.FLOW));

  /** How a document ends whose last members are a list of texts in "forensics". */
  private static final byte[] VERDICTS_END = "\"]}}".getBytes(StandardCharsets.US_ASCII);

  private static final SerializableString FORENSICS = JsonWriter.name("forensics");
  private static final SerializableString VERDICTS = JsonWriter.name("verdicts");

  private final FlowBody body;
  private final JsonWriter json;

  /** A writer for one worker of a sensor. */
  public FlowDocuments(DocumentContext context) {
    this(context, new JsonWriter());
  }

  FlowDocuments(DocumentContext context, JsonWriter json) {
    this.json = json;
    body = new FlowBody(context, json);
  }

  /**
   * Whether an alarm was raised about this flow. Looks only at the document's last bytes, where
   * {@link #write} puts the verdicts, since it is asked of every flow.
   */
  public static boolean hasVerdicts(EcsDocument flow) {
    byte[] json = flow.json();
    int from = json.length - VERDICTS_END.length;
    return from >= 0
        && Arrays.equals(json, from, json.length, VERDICTS_END, 0, VERDICTS_END.length);
  }

  /**
   * Writes a flow, or a segment of it.
   *
   * @param flow as it ended
   * @param facts what the parsers learned in this segment
   * @param verdicts everything raised about the flow so far
   */
  public EcsDocument write(Flow flow, FlowFacts facts, List<Verdict> verdicts) {
    String flowId = body.ids.flow(flow);
    String id = body.ids.segment(flowId, flow);
    json.begin();
    EventSection.writeFlow(flow, facts, id, body.nowNanos(), json);
    body.writeRoot(flow, facts);
    json.open(FORENSICS);
    body.writeForensics(flow, facts, flowId, id);
    writeVerdicts(verdicts);
    json.close();
    return new EcsDocument(DocumentKind.FLOW, id, json.end());
  }

  private void writeVerdicts(List<Verdict> verdicts) {
    if (!verdicts.isEmpty()) {
      json.openList(VERDICTS);
      for (int i = 0; i < verdicts.size(); i++) {
        json.text(verdicts.get(i).rule().id());
      }
      json.closeList();
    }
  }
}
