package dev.forensics.indexer.detect;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import com.esotericsoftware.kryo.util.DefaultInstantiatorStrategy;
import com.esotericsoftware.kryo.util.MapReferenceResolver;
import dev.forensics.indexer.flow.Flow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.objenesis.strategy.StdInstantiatorStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what is known of a flow, parsers included, so that another process can go on with it. It
 * is sealed, since parsers keep bytes of the payload. What all flows share is written as a name.
 * Reads only classes of this program and of java.util, whatever the bytes say. Not thread-safe.
 */
final class InspectionMemory {
  private static final Logger LOG = LoggerFactory.getLogger(InspectionMemory.class);

  /** Raised when the parsers' fields change: what an older version wrote is then left alone. */
  private static final int VERSION = 12;

  private static final int FIRST_BYTES = 1024;
  private static final int MOST_BYTES = 1 << 20;
  private static final String PROGRAM = "dev.forensics.indexer.";

  private final Kryo kryo;
  private final ProtocolSet protocols;
  private final DetectionSettings settings;
  private final DetectionRule[] rules;
  private final StateSeal seal;
  private Flow current;
  private boolean isTold;

  InspectionMemory(
      ProtocolSet protocols, DetectionSettings settings, DetectionRule[] rules, StateSeal seal) {
    this.seal = seal;
    this.protocols = protocols;
    this.settings = settings;
    this.rules = rules;
    kryo = new Kryo(new OwnClasses(), new MapReferenceResolver());
    kryo.setRegistrationRequired(false);
    kryo.setInstantiatorStrategy(new DefaultInstantiatorStrategy(new StdInstantiatorStrategy()));
    kryo.addDefaultSerializer(Flow.class, new Shared<Flow>(() -> current));
    kryo.addDefaultSerializer(ProtocolSet.class, new Shared<>(() -> this.protocols));
    kryo.addDefaultSerializer(DetectionSettings.class, new Shared<>(() -> this.settings));
    kryo.addDefaultSerializer(Protocol.class, new Named<>(Protocol::name, protocols::named));
    kryo.addDefaultSerializer(RuleInfo.class, new Named<>(RuleInfo::id, this::rule));
  }

  private RuleInfo rule(String id) {
    for (DetectionRule rule : rules) {
      if (rule.info().id().equals(id)) {
        return rule.info();
      }
    }
    throw new KryoException("no such rule any more: " + id);
  }

  /**
   * Writes an inspection, and what its flow waits for.
   *
   * @return null when it cannot be written
   */
  byte[] save(FlowInspection inspection) {
    current = inspection.flow;
    long deadlineNanos = current.deadlineNanos();
    try (Output out = new Output(FIRST_BYTES, MOST_BYTES)) {
      out.writeInt(VERSION);
      out.writeBoolean(deadlineNanos != Long.MAX_VALUE);
      out.writeBoolean(inspection.deadlinePassed);
      out.writeLong(deadlineNanos);
      out.writeInt(inspection.revision);
      kryo.writeObjectOrNull(out, names(inspection.fired()), ArrayList.class);
      kryo.writeObject(out, new ArrayList<>(inspection.verdicts));
      kryo.writeObject(out, inspection.dialogue);
      return seal.seal(out.toBytes());
    } catch (RuntimeException e) {
      tell("cannot be written", e.getMessage());
      return null;
    } finally {
      kryo.reset();
      current = null;
    }
  }

  /** Rules by id, since their numbers may be others next time. */
  private List<String> names(BitSet fired) {
    if (fired == null) {
      return null;
    }
    List<String> names = new ArrayList<>();
    fired.stream().forEach(rule -> names.add(rules[rule].info().id()));
    return names;
  }

  private BitSet numbers(List<?> names) {
    BitSet fired = new BitSet();
    for (int i = 0; i < rules.length; i++) {
      fired.set(i, names.contains(rules[i].info().id()));
    }
    return fired;
  }

  /** Reads it for a flow; null when it is of another version or key, or broken. */
  FlowInspection restore(Flow flow, byte[] sealed) {
    byte[] bytes = seal.open(sealed);
    if (bytes == null) {
      tell("cannot be read", "it is of an older version, or another key's");
      return null;
    }
    current = flow;
    try (Input in = new Input(bytes)) {
      if (in.readInt() != VERSION) {
        return null;
      }
      boolean isWaiting = in.readBoolean();
      boolean deadlinePassed = in.readBoolean();
      long deadlineNanos = in.readLong();
      int revision = in.readInt();
      List<?> fired = kryo.readObjectOrNull(in, ArrayList.class);
      List<Verdict> verdicts = new ArrayList<>();
      for (Object verdict : kryo.readObject(in, ArrayList.class)) {
        verdicts.add((Verdict) verdict);
      }
      FlowInspection inspection = new FlowInspection(flow, kryo.readObject(in, Dialogue.class));
      inspection.deadlinePassed = deadlinePassed;
      inspection.revision = revision;
      if (fired != null) {
        inspection.restoreFired(numbers(fired));
        inspection.verdicts = verdicts;
      }
      if (isWaiting) {
        flow.waitUntil(deadlineNanos);
      }
      return inspection;
    } catch (RuntimeException e) {
      tell("cannot be read", e.getMessage());
      return null;
    } finally {
      kryo.reset();
      current = null;
    }
  }

  private void tell(String what, String why) {
    if (!isTold) {
      isTold = true;
      LOG.warn(
          "what is known of a long flow {}: its next segment begins without it: {}", what, why);
    }
  }

  /** Classes of this program and plain ones of the platform, nothing else. */
  private static final class OwnClasses extends DefaultClassResolver {
    @Override
    protected Class<?> getTypeByName(String name) {
      String element = name.replaceFirst("^\\[+L?", "");
      boolean isPlain = element.startsWith("java.util.") || !element.contains(".");
      if (!isPlain && !element.startsWith(PROGRAM)) {
        throw new KryoException("not a class that belongs here: " + name);
      }
      return super.getTypeByName(name);
    }
  }

  /** Something there is one of. */
  private static final class Shared<T> extends Serializer<T> {
    private final Supplier<T> instance;

    Shared(Supplier<T> instance) {
      this.instance = instance;
    }

    @Override
    public void write(Kryo kryo, Output out, T object) {
      // there is one only
    }

    @Override
    public T read(Kryo kryo, Input in, Class<? extends T> type) {
      return instance.get();
    }
  }

  /** Something that is known by a name. */
  private static final class Named<T> extends Serializer<T> {
    private final Function<T, String> name;
    private final Function<String, T> find;

    Named(Function<T, String> name, Function<String, T> find) {
      this.name = name;
      this.find = find;
    }

    @Override
    public void write(Kryo kryo, Output out, T object) {
      out.writeString(name.apply(object));
    }

    @Override
    public T read(Kryo kryo, Input in, Class<? extends T> type) {
      return find.apply(in.readString());
    }
  }
}
