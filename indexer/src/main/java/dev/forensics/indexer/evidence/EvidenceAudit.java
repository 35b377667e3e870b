package dev.forensics.indexer.evidence;

import dev.forensics.indexer.document.EcsDocument;
import dev.forensics.indexer.document.FlowPackets;
import dev.forensics.indexer.index.AlarmQueries;
import dev.forensics.indexer.index.DocumentLookup;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.FlowSegments;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads stored packets again and compares them with what the documents say of their alarms: the
 * hash, the number of packets, and of each packet the addresses, ports, protocol and time. Earlier
 * versions trusted positions in files that were not the capture, and may have stored packets of
 * other connections.
 */
public final class EvidenceAudit {
  private final EvidenceFolder folder;
  private final DocumentSource documents;
  private final SegmentLookup segments;

  /** What a look at one file found. */
  public enum Result {
    /** The packets are the alarm's, and as many as there should be. */
    GOOD,
    /** Something is not as it was stored, or not the alarm's. */
    WRONG,
    /** It cannot be read, or its label cannot. */
    UNREADABLE,
    /** As it was stored; no document tells whose packets they have to be. */
    UNKNOWN
  }

  /**
   * One file.
   *
   * @param alarmId the alarm
   * @param result what was found
   * @param packets packets in the file, as far as it was read
   * @param detail why it is not good; empty when it is
   */
  public record Finding(String alarmId, Result result, long packets, String detail) {}

  /**
   * @param documents finds the documents of alarms
   * @param segments finds the documents of their flows
   */
  EvidenceAudit(EvidenceFolder folder, DocumentSource documents, SegmentLookup segments) {
    this.folder = folder;
    this.documents = documents;
    this.segments = segments;
  }

  /** Compares with the documents in Elasticsearch, those of this moment included. */
  public static EvidenceAudit of(EvidenceFolder folder, ElasticsearchConnection connection)
      throws IOException {
    new AlarmQueries(connection).refresh();
    return new EvidenceAudit(
        folder, new DocumentLookup(connection)::find, new FlowSegments(connection)::of);
  }

  /**
   * Looks at every file, in order of the alarms' ids.
   *
   * @throws IOException when the folder or the documents cannot be read
   */
  public List<Finding> run() throws IOException {
    List<Finding> findings = new ArrayList<>();
    for (String id : ids()) {
      findings.add(look(id));
    }
    return findings;
  }

  private List<String> ids() throws IOException {
    List<String> ids = new ArrayList<>();
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(folder.root(), "[0-9a-f][0-9a-f]")) {
      for (Path sub : folders) {
        try (DirectoryStream<Path> files =
            Files.newDirectoryStream(sub, "*" + EvidenceFolder.PACKETS)) {
          for (Path file : files) {
            String name = file.getFileName().toString();
            String id = name.substring(0, name.length() - EvidenceFolder.PACKETS.length());
            if (EvidenceFolder.isId(id)) {
              ids.add(id);
            }
          }
        }
      }
    }
    ids.sort(null);
    return ids;
  }

  private Finding look(String id) throws IOException {
    Path packets = folder.packets(id);
    EvidenceFile file;
    try {
      file = new EvidenceFile(packets, EvidenceLabel.read(EvidenceFolder.label(packets)));
    } catch (IOException e) {
      return new Finding(id, Result.UNREADABLE, 0, "no usable label: " + e.getMessage());
    }
    try {
      folder.verify(file);
    } catch (IOException e) {
      return new Finding(id, Result.WRONG, 0, e.getMessage());
    }
    Optional<FlowSelection> flow = flow(id);
    StoredRecords records;
    try {
      records = StoredRecords.read(packets, flow.orElseGet(() -> new FlowSelection("")));
    } catch (IOException e) {
      return new Finding(id, Result.UNREADABLE, 0, e.getMessage());
    }
    return judge(id, file.label(), records, flow);
  }

  private Optional<FlowSelection> flow(String alarmId) throws IOException {
    Optional<EcsDocument> document = documents.find(alarmId);
    if (document.isEmpty()) {
      return Optional.empty();
    }
    FlowPackets alarm = FlowPackets.read(document.get().json());
    FlowSelection flow = new FlowSelection(alarm.flowId()).add(alarm);
    segments.of(alarm.flowId()).forEach(flow::add);
    return Optional.of(flow.isFinal() ? flow : flow.withoutEnd());
  }

  private static Finding judge(
      String id, EvidenceLabel label, StoredRecords records, Optional<FlowSelection> flow) {
    long count = records.count();
    if (count != label.packets()) {
      String text = "its label says " + label.packets() + " packets";
      return new Finding(id, Result.WRONG, count, text);
    }
    if (flow.isEmpty()) {
      return new Finding(id, Result.UNKNOWN, count, "no document of the alarm is left");
    }
    if (records.foreign() > 0) {
      String text = records.foreign() + " packets are not the alarm's";
      return new Finding(id, Result.WRONG, count, text);
    }
    return judgeCount(id, label, count, flow.get());
  }

  /** Packets that are listed one by one can be counted, as far as the flow is known. */
  private static Finding judgeCount(
      String id, EvidenceLabel label, long count, FlowSelection flow) {
    boolean isCounted = flow.isFinal() && !flow.hasRanges();
    boolean isTooMany = isCounted && count > flow.listed();
    boolean isTooFew = label.isFinal() && count + label.missing() < flow.listed();
    return isTooMany || isTooFew
        ? new Finding(id, Result.WRONG, count, "the flow has " + flow.listed() + " packets")
        : new Finding(id, Result.GOOD, count, "");
  }
}
