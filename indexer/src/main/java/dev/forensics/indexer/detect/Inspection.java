package dev.forensics.indexer.detect;

import dev.forensics.indexer.decode.DecodedPacket;
import dev.forensics.indexer.detect.conflict.ConflictFacts;
import dev.forensics.indexer.enrich.Attribution;
import dev.forensics.indexer.enrich.Registration;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.EndReason;
import dev.forensics.indexer.flow.Flow;
import dev.forensics.indexer.flow.FlowObserver;
import dev.forensics.indexer.flow.StreamConflict;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The detect room's door: hears a worker's flows, keeps what is known of each in its attachment,
 * asks the rules when something changed and reports to the sink. A flow without payload costs
 * nothing here. One instance a worker; not thread-safe.
 */
public final class Inspection implements FlowObserver {
  private static final Logger LOG = LoggerFactory.getLogger(Inspection.class);

  private final DetectionSettings settings;
  private final Attribution attribution;
  private final ProtocolSet protocols;
  private final DetectionRule[] rules;
  private final RuleChoice choice;
  private final Suppression suppression;
  private final FindingSink sink;
  private final StateSeal seal;
  private final long deadlineDelayNanos;
  private InspectionMemory memory;
  private long parserFailures;
  private long factBytes;

  /** All protocols, the built-in rules, nothing suppressed. */
  public Inspection(DetectionSettings settings, Attribution attribution, FindingSink sink) {
    this(
        settings,
        attribution,
        new ProtocolSet(Protocols.all()),
        Rules.builtIn(settings, attribution),
        Suppression.NONE,
        sink);
  }

  /** What is kept of long flows is sealed with this process's key. */
  public Inspection(
      DetectionSettings settings,
      Attribution attribution,
      ProtocolSet protocols,
      List<DetectionRule> rules,
      Suppression suppression,
      FindingSink sink) {
    this(settings, attribution, protocols, rules, suppression, StateSeal.ofThisProcess(), sink);
  }

  /** Chosen protocols, rules (built-in and the user's), suppression and key. */
  public Inspection(
      DetectionSettings settings,
      Attribution attribution,
      ProtocolSet protocols,
      List<DetectionRule> rules,
      Suppression suppression,
      StateSeal seal,
      FindingSink sink) {
    this.settings = settings;
    this.attribution = attribution;
    this.protocols = protocols;
    this.rules = rules.toArray(new DetectionRule[0]);
    this.choice = new RuleChoice(this.rules);
    this.suppression = suppression;
    this.sink = sink;
    this.seal = seal;
    this.deadlineDelayNanos = settings.outcomeDeadline().toNanos();
  }

  @Override
  public void flowStarted(Flow flow, DecodedPacket first) {
    sink.started(flow, first); // nothing is kept here before the first payload
  }

  @Override
  public void payload(
      Flow flow, Direction direction, byte[] buffer, int offset, int length, long timestampNanos) {
    FlowInspection inspection = (FlowInspection) flow.attachment;
    if (inspection == null) {
      inspection = open(flow);
    }
    Dialogue dialogue = inspection.dialogue;
    try {
      dialogue.payload(direction, buffer, offset, length, timestampNanos);
    } catch (RuntimeException e) {
      parserFailed(dialogue, e);
    }
    learned(inspection, timestampNanos);
  }

  @Override
  public void gap(Flow flow, Direction direction, long lengthBytes, long timestampNanos) {
    FlowInspection inspection = (FlowInspection) flow.attachment;
    if (inspection == null) {
      inspection = open(flow);
    }
    try {
      inspection.dialogue.gap(direction, lengthBytes, timestampNanos);
    } catch (RuntimeException e) {
      parserFailed(inspection.dialogue, e);
    }
    learned(inspection, timestampNanos);
  }

  @Override
  public void conflict(Flow flow, StreamConflict conflict) {
    FlowInspection inspection = (FlowInspection) flow.attachment;
    if (inspection == null) {
      inspection = open(flow);
    }
    FlowFacts facts = inspection.dialogue.facts();
    try {
      facts.put(ConflictFacts.of(flow, conflict, facts.get(ConflictFacts.class)));
    } catch (RuntimeException e) {
      parserFailed(inspection.dialogue, e);
    }
    learned(inspection, conflict.timestampNanos());
  }

  @Override
  public void connectionChanged(Flow flow, Direction by, long timestampNanos) {
    if (flow.attachment instanceof FlowInspection inspection) {
      ask(inspection, Occasion.CONNECTION, timestampNanos);
    }
  }

  @Override
  public void flowEnded(Flow flow) {
    FlowInspection inspection = (FlowInspection) flow.attachment;
    if (inspection == null) {
      sink.flow(flow, new FlowFacts(), List.of());
      return;
    }
    if (flow.endReason == EndReason.ACTIVE) {
      endSegment(inspection);
    } else {
      end(inspection);
    }
  }

  @Override
  public void flowForgotten(Flow flow) {
    factBytes -= flow.observedBytes;
    flow.attachment = null;
  }

  @Override
  public byte[] segmentState(Flow flow) {
    if (!(flow.attachment instanceof FlowInspection inspection)) {
      return null;
    }
    return memory().save(inspection);
  }

  @Override
  public void segmentResumed(Flow flow, byte[] state) {
    FlowInspection restored = memory().restore(flow, state);
    if (restored == null) {
      return; // written by another version: the segment begins without facts
    }
    flow.attachment = restored;
    weigh(flow, restored.dialogue);
    refuseUnwanted(flow, restored.dialogue);
  }

  private InspectionMemory memory() {
    if (memory == null) {
      memory = new InspectionMemory(protocols, settings, rules, seal);
    }
    return memory;
  }

  @Override
  public void deadlinePassed(Flow flow, long dueNanos) {
    FlowInspection inspection = (FlowInspection) flow.attachment;
    inspection.deadlinePassed = true;
    ask(inspection, Occasion.DEADLINE, dueNanos);
  }

  /** Times a parser threw, which is a fault of the parser: its flow goes on without it. */
  public long parserFailures() {
    return parserFailures;
  }

  /** Memory of what is known of the content of open flows, in bytes; for display. */
  public long factBytes() {
    return factBytes;
  }

  private void weigh(Flow flow, Dialogue dialogue) {
    int bytes = dialogue.keptBytes();
    factBytes += bytes - flow.observedBytes;
    flow.observedBytes = bytes;
  }

  private FlowInspection open(Flow flow) {
    FlowFacts facts = new FlowFacts();
    facts.application = registeredApplication(flow);
    FlowInspection inspection =
        new FlowInspection(flow, new Dialogue(flow, facts, protocols, settings));
    flow.attachment = inspection;
    return inspection;
  }

  /** The application that all servers of a registered prefix speak; null mostly. */
  private String registeredApplication(Flow flow) {
    Registration holder = attribution.lookup(flow.ipVersion, flow.responderHigh, flow.responderLow);
    if (holder == null || holder.application() == null) {
      holder = attribution.lookup(flow.ipVersion, flow.originatorHigh, flow.originatorLow);
    }
    return holder == null ? null : holder.application();
  }

  private void parserFailed(Dialogue dialogue, RuntimeException fault) {
    dialogue.abandon();
    if (++parserFailures == 1) {
      LOG.warn("a parser failed; its flow goes on without it", withoutMessage(fault));
    }
  }

  /** The fault with its place and kind; its message may quote the wire. */
  private static Throwable withoutMessage(RuntimeException fault) {
    Throwable shown = new IllegalStateException(fault.getClass().getName());
    shown.setStackTrace(fault.getStackTrace());
    return shown;
  }

  private void learned(FlowInspection inspection, long timestampNanos) {
    Flow flow = inspection.flow;
    Dialogue dialogue = inspection.dialogue;
    weigh(flow, dialogue);
    refuseUnwanted(flow, dialogue);
    int revision = dialogue.facts().revision();
    if (revision != inspection.revision) {
      inspection.revision = revision;
      ask(inspection, Occasion.FACTS, timestampNanos);
    }
  }

  private void end(FlowInspection inspection) {
    Flow flow = inspection.flow;
    endDialogue(inspection.dialogue);
    ask(inspection, Occasion.ENDED, flow.endNanos);
    flow.attachment = null;
    factBytes -= flow.observedBytes;
    sink.flow(flow, inspection.dialogue.facts(), inspection.verdicts);
  }

  private void endDialogue(Dialogue dialogue) {
    try {
      dialogue.ended();
    } catch (RuntimeException e) {
      parserFailed(dialogue, e);
    }
  }

  /** The flow goes on: its facts so far go with the segment, its fired rules stay fired. */
  private void endSegment(FlowInspection inspection) {
    Flow flow = inspection.flow;
    FlowFacts facts = inspection.dialogue.facts();
    ask(inspection, Occasion.ENDED, flow.endNanos);
    FlowFacts next = new FlowFacts();
    inspection.dialogue.nextSegment(next);
    inspection.chooseAgain();
    inspection.revision = next.revision();
    sink.flow(flow, facts, List.copyOf(inspection.verdicts));
    weigh(flow, inspection.dialogue);
    refuseUnwanted(flow, inspection.dialogue);
  }

  private static void refuseUnwanted(Flow flow, Dialogue dialogue) {
    if (!dialogue.wants(Direction.ORIGINATOR)) {
      flow.refuse(Direction.ORIGINATOR);
    }
    if (!dialogue.wants(Direction.RESPONDER)) {
      flow.refuse(Direction.RESPONDER);
    }
  }

  private void ask(FlowInspection inspection, Occasion occasion, long timestampNanos) {
    FlowFacts facts = inspection.dialogue.facts();
    for (int i : inspection.rules(choice)) {
      if (!inspection.hasFired(i)) {
        Verdict verdict = rules[i].evaluate(inspection.flow, facts, occasion, timestampNanos);
        if (verdict != null && verdict.isLater()) {
          waitForDeadline(inspection);
        } else if (verdict != null) {
          raise(inspection, i, verdict);
        }
      }
    }
  }

  private void waitForDeadline(FlowInspection inspection) {
    if (!inspection.deadlinePassed) {
      Flow flow = inspection.flow;
      flow.waitUntil(flow.timeNanos() + deadlineDelayNanos);
    }
  }

  private void raise(FlowInspection inspection, int rule, Verdict verdict) {
    FlowFacts facts = inspection.dialogue.facts();
    String why = suppression.reason(inspection.flow, facts, verdict);
    Verdict raised = why == null ? verdict : verdict.suppressed(why);
    inspection.fire(rule, raised);
    sink.verdict(inspection.flow, facts, raised);
  }
}
