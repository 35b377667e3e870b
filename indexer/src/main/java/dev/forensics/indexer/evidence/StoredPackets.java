package dev.forensics.indexer.evidence;

import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.PcapngWriter;
import dev.forensics.indexer.document.EcsDocument;
import dev.forensics.indexer.document.FlowPackets;
import dev.forensics.indexer.index.AlarmQueries;
import dev.forensics.indexer.index.DocumentLookup;
import dev.forensics.indexer.index.ElasticsearchConnection;
import dev.forensics.indexer.index.FlowSegments;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds packets: in the evidence folder when it has all of the flow, else in the captures, else
 * whichever has more of it. The id of an alarm or a flow stands for the whole flow with all its
 * segments; the id of a later segment for that segment alone. Works without Elasticsearch for what
 * is in the evidence folder. Thread-safe.
 */
public final class StoredPackets implements PacketExport {
  private static final Logger LOG = LoggerFactory.getLogger(StoredPackets.class);
  private static final Pattern LATER_SEGMENT = Pattern.compile(".*-\\d+");

  private final EvidenceFolder evidence;
  private final DocumentSource documents;
  private final SegmentLookup segments;
  private final CaptureLocator locator;
  private final Refresh refresh;

  /** Makes documents findable that were stored a moment ago. */
  @FunctionalInterface
  interface Refresh {
    /** Nothing has to be done. */
    Refresh NONE = () -> {};

    /** Returns when they are. */
    void run() throws IOException;
  }

  /**
   * @param evidence stored packets; need not exist
   * @param documents finds the document of an id
   * @param segments finds the other segments of a flow
   * @param locator finds captures
   */
  public StoredPackets(
      EvidenceFolder evidence,
      DocumentSource documents,
      SegmentLookup segments,
      CaptureLocator locator) {
    this(evidence, documents, segments, locator, Refresh.NONE);
  }

  /**
   * @param refresh called before documents are looked for
   */
  StoredPackets(
      EvidenceFolder evidence,
      DocumentSource documents,
      SegmentLookup segments,
      CaptureLocator locator,
      Refresh refresh) {
    this.refresh = refresh;
    this.evidence = evidence;
    this.documents = documents;
    this.segments = segments;
    this.locator = locator;
  }

  /** Finds documents in Elasticsearch. */
  public static StoredPackets of(
      EvidenceFolder evidence, ElasticsearchConnection connection, CaptureLocator locator) {
    return new StoredPackets(
        evidence,
        new DocumentLookup(connection)::find,
        new FlowSegments(connection)::of,
        locator,
        new AlarmQueries(connection)::refresh);
  }

  @Override
  public Optional<Packets> find(String id) throws IOException {
    Map<String, FoundFlow> flows = new LinkedHashMap<>();
    Optional<String> doubt = refresh();
    return add(id, flows) ? Optional.of(chosen(flows.values(), doubt)) : Optional.empty();
  }

  /**
   * Finds the packets of several ids, each once, to be written into one file in order of time.
   *
   * @param unknown gets the ids that nothing is known of
   */
  public Packets findAll(List<String> ids, Collection<String> unknown) throws IOException {
    Map<String, FoundFlow> flows = new LinkedHashMap<>();
    Optional<String> doubt = refresh();
    for (String id : ids) {
      if (!add(id, flows)) {
        unknown.add(id);
      }
    }
    return chosen(flows.values(), doubt);
  }

  /** The end of a flow may have been stored within the index's refresh interval. */
  private Optional<String> refresh() {
    try {
      refresh.run();
      return Optional.empty();
    } catch (IOException e) {
      LOG.debug("the indices cannot be refreshed: {}", e.getMessage());
      return Optional.of(
          "what was stored in the last seconds may be missing, the indices cannot be refreshed: "
              + e.getMessage());
    }
  }

  private Packets chosen(Collection<FoundFlow> flows, Optional<String> doubt) throws IOException {
    for (FoundFlow flow : flows) {
      choose(flow);
    }
    return new Chosen(List.copyOf(flows), doubt);
  }

  private void choose(FoundFlow flow) throws IOException {
    try {
      flow.choose(locator);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(e.getMessage());
    }
  }

  private boolean add(String id, Map<String, FoundFlow> flows) throws IOException {
    Optional<EvidenceFile> stored = evidence.find(id);
    Optional<EcsDocument> document;
    try {
      document = documents.find(id);
    } catch (IOException e) {
      if (stored.isEmpty()) {
        throw e;
      }
      LOG.info("packets of id={} from the evidence folder alone: {}", id, e.getMessage());
      document = Optional.empty();
    }
    if (document.isPresent()) {
      addDocument(FlowPackets.read(document.get().json()), stored, flows);
    } else if (stored.isPresent()) {
      String flowId = stored.get().label().flowId();
      FoundFlow flow =
          flows.computeIfAbsent(flowId, key -> new FoundFlow(new FlowSelection(key), true));
      flow.comment(stored.get().label().comment());
      addEvidence(flow, stored);
    }
    return document.isPresent() || stored.isPresent();
  }

  private void addDocument(
      FlowPackets packets, Optional<EvidenceFile> stored, Map<String, FoundFlow> flows)
      throws IOException {
    boolean isWhole =
        packets.rule() != null || !LATER_SEGMENT.matcher(packets.documentId()).matches();
    String key = isWhole ? packets.flowId() : packets.documentId();
    FoundFlow flow = flows.get(key);
    if (flow == null) {
      flow = new FoundFlow(new FlowSelection(packets.flowId()), isWhole);
      flows.put(key, flow);
      if (isWhole) {
        segments.of(packets.flowId()).forEach(flow.selection()::add);
      }
    }
    flow.selection().add(packets);
    flow.comment(FlowComments.of(packets));
    addEvidence(flow, stored.isPresent() ? stored : evidence.find(packets.flowId()));
  }

  /** Stored packets that were changed are as good as none. */
  private void addEvidence(FoundFlow flow, Optional<EvidenceFile> stored) throws IOException {
    if (stored.isEmpty()) {
      return;
    }
    try {
      evidence.verify(stored.get());
      refuseForeign(flow, stored.get());
      flow.evidence(stored.get());
    } catch (IOException e) {
      LOG.error("stored packets are not used: {}", e.getMessage());
      if (flow.selection().parts().isEmpty()) {
        throw e;
      }
    }
  }

  /** Earlier versions may have stored packets of other connections. */
  private static void refuseForeign(FoundFlow flow, EvidenceFile stored) throws IOException {
    if (flow.selection().isFinal() && flow.isWhole()) {
      long foreign = StoredRecords.read(stored.path(), flow.selection()).foreign();
      if (foreign > 0) {
        throw new IOException(
            stored.path() + ": " + foreign + " packets in it are not the alarm's");
      }
    }
  }

  private final class Chosen implements Packets {
    private final List<FoundFlow> flows;
    private final Optional<String> doubt;

    Chosen(List<FoundFlow> flows, Optional<String> doubt) {
      this.flows = flows;
      this.doubt = doubt;
    }

    /** What is stored with its flow's end has everything, whatever the index shows. */
    @Override
    public Optional<String> doubt() {
      return flows.stream().allMatch(FoundFlow::isStoredToItsEnd) ? Optional.empty() : doubt;
    }

    @Override
    public boolean areGone() {
      return flows.stream().allMatch(FoundFlow::isGone);
    }

    @Override
    public CopyCounts writeTo(OutputStream out) throws IOException {
      if (flows.size() == 1 && flows.get(0).copy() == null) {
        EvidenceFile stored = flows.get(0).evidence().orElseThrow();
        try (InputStream in = evidence.open(stored)) {
          in.transferTo(out);
        }
        return new CopyCounts(stored.label().packets(), stored.label().missing());
      }
      try {
        return write(out);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException(e.getMessage());
      }
    }

    private CopyCounts write(OutputStream out) throws IOException, InterruptedException {
      List<FlowCopy> copies = new ArrayList<>();
      for (FoundFlow flow : flows) {
        copies.add(flow.copy() == null ? new FlowCopy(fromEvidence(flow)) : flow.copy());
      }
      PacketCopy copy = PacketCopy.prepare(copies, locator);
      List<String> comments = new ArrayList<>();
      for (int i = 0; i < flows.size(); i++) {
        String missing = copies.get(i).missingText();
        String all = flows.get(i).comments() + (missing.isEmpty() ? "" : "\n" + missing);
        comments.add(doubt.map(text -> all + "\n" + text).orElse(all));
      }
      PcapngWriter writer = new PcapngWriter(out, String.join("\n", comments));
      for (int i = 0; i < copies.size(); i++) {
        copies.get(i).to(new CommentedPackets(writer, comments.get(i)));
      }
      copy.run();
      writer.flush();
      return sum(copies);
    }

    private FlowSelection fromEvidence(FoundFlow flow) throws IOException {
      CaptureFile file =
          CaptureFile.probe(flow.evidence().orElseThrow().path()).capture().orElseThrow();
      return new FlowSelection(flow.selection().flowId()).addAll(file);
    }

    private CopyCounts sum(List<FlowCopy> copies) {
      long packets = 0;
      long missing = 0;
      for (FlowCopy copy : copies) {
        packets += copy.counts().packets();
        missing += copy.counts().missing();
      }
      return new CopyCounts(packets, missing);
    }
  }
}
