package dev.forensics.indexer.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.CountedValues;
import dev.forensics.indexer.detect.DetectionRule;
import dev.forensics.indexer.detect.DetectionSettings;
import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Occasion;
import dev.forensics.indexer.detect.Rules;
import dev.forensics.indexer.detect.Verdict;
import dev.forensics.indexer.enrich.PrefixTable;
import dev.forensics.indexer.flow.Flow;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every text in every protocol's facts is a secret here, and none of them stands in a document or a
 * sentence. A new section that forgets its mask fails this test.
 */
class FactsAreMaskedTest {
  private static final String SECRET = "Zq7Xk9mPw3Rt5vBn2";

  /** Texts that the parsers write themselves: names of numbers, fingerprints, hex, addresses. */
  private static final Set<String> OWN =
      Set.of(
          "BittorrentFacts.kind",
          "BittorrentFacts.infoHash",
          "QuicFacts.version",
          "QuicFacts.connectionId",
          "QuicFacts.ja3",
          "QuicFacts.ja4",
          "TlsFacts.version",
          "TlsFacts.cipherName",
          "TlsFacts.ja3",
          "TlsFacts.ja3s",
          "TlsFacts.ja4",
          "CertificateFacts.sha256",
          "CertificateFacts.serial",
          "CertificateFacts.keyAlgorithm",
          "CertificateFacts.signatureAlgorithm",
          "SshFacts.hassh",
          "SshFacts.hasshServer",
          "OpenvpnFacts.controlProtection",
          "OpenvpnFacts.clientSessionId",
          "OpenvpnFacts.serverSessionId",
          "MtprotoFacts.transport",
          "MtprotoFacts.authKeyId",
          "MtprotoKey.id",
          "MtprotoKey.follows",
          "MtprotoFacts.constructor",
          "StunFacts.mappedAddress",
          "SocksFacts.command",
          "ForwardedFacts.by",
          "ForwardedFacts.addresses",
          "ForwardedFacts.serverAddress",
          "SmbFacts.dialect",
          "MqttFacts.version",
          "DnsQuestion.type",
          "DnsAnswer.type",
          "HttpFacts.rejectedBy",
          "HttpFacts.statuses",
          "HttpRequest.version",
          "HttpResponse.version",
          "Version.message",
          "Version.sha256",
          "CleartextLogin.protocol",
          "CleartextLogin.scheme",
          "FlowFacts.application",
          "FlowFacts.originatorProtocol",
          "FlowFacts.responderProtocol");

  static Stream<Class<?>> facts() {
    return FactsSections.ALL.stream().map(FactsSection::facts);
  }

  @ParameterizedTest
  @MethodSource("facts")
  void shouldShowNoTextOfTheWireAsItIs(Class<?> type) throws ReflectiveOperationException {
    FlowFacts facts = new FlowFacts();
    facts.add(filled(type, 0));
    facts.changed();
    Flow flow = SampleFlows.http();
    List<Verdict> verdicts = verdicts(flow, facts);
    String document =
        text(new FlowDocuments(SampleDocuments.context()).write(flow, facts, verdicts));
    assertHidden(document);
    AlarmDocuments alarms = new AlarmDocuments(SampleDocuments.context(), new FirstAlarms());
    for (Verdict verdict : verdicts) {
      assertHidden(text(alarms.write(flow, facts, verdict)));
    }
  }

  private static void assertHidden(String document) {
    assertThat(document)
        .doesNotContainIgnoringCase(SECRET)
        .doesNotContainIgnoringCase(
            HexFormat.of().formatHex(SECRET.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String text(EcsDocument document) {
    return new String(document.json(), StandardCharsets.UTF_8);
  }

  private static List<Verdict> verdicts(Flow flow, FlowFacts facts) {
    List<Verdict> verdicts = new ArrayList<>();
    for (DetectionRule rule : Rules.builtIn(DetectionSettings.defaults(), PrefixTable.builtIn())) {
      Verdict verdict = rule.evaluate(flow, facts, Occasion.ENDED, flow.endNanos);
      if (verdict != null && verdict.rule() != null) {
        verdicts.add(verdict);
      }
    }
    return verdicts;
  }

  /** An instance with the secret in every text and in all bytes. */
  private static Object filled(Class<?> type, int depth) throws ReflectiveOperationException {
    if (type.isRecord()) {
      return filledRecord(type, depth);
    }
    Constructor<?> constructor =
        Arrays.stream(type.getDeclaredConstructors())
            .max(Comparator.comparingInt(Constructor::getParameterCount))
            .orElseThrow();
    constructor.setAccessible(true);
    Class<?>[] types = constructor.getParameterTypes();
    Object[] values = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      values[i] = value(type.getSimpleName(), types[i], types[i], depth);
    }
    Object made = constructor.newInstance(values);
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        fill(made, field, depth);
      }
    }
    return made;
  }

  private static Object filledRecord(Class<?> type, int depth) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      String name = type.getSimpleName() + "." + components[i].getName();
      values[i] = value(name, types[i], components[i].getGenericType(), depth);
    }
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }

  private static void fill(Object owner, Field field, int depth)
      throws ReflectiveOperationException {
    String name = owner.getClass().getSimpleName() + "." + field.getName();
    Object present = field.get(owner);
    if (present instanceof CountedValues values && !OWN.contains(name)) {
      values.add(SECRET);
    } else if (present instanceof Collection<?> some && Modifier.isFinal(field.getModifiers())) {
      @SuppressWarnings("unchecked")
      Collection<Object> collection = (Collection<Object>) some;
      collection.add(element(name, field.getGenericType(), depth));
    } else if (!Modifier.isFinal(field.getModifiers())) {
      Object value = value(name, field.getType(), field.getGenericType(), depth);
      if (value != null) {
        field.set(owner, value);
      }
    }
  }

  private static Object element(String name, Type type, int depth)
      throws ReflectiveOperationException {
    Class<?> element = (Class<?>) ((ParameterizedType) type).getActualTypeArguments()[0];
    return value(name, element, element, depth);
  }

  private static Object value(String name, Class<?> type, Type generic, int depth)
      throws ReflectiveOperationException {
    if (type == String.class) {
      return OWN.contains(name) ? "own" : SECRET;
    }
    if (type == byte[].class) {
      return SECRET.getBytes(StandardCharsets.US_ASCII);
    }
    if (Collection.class.isAssignableFrom(type)) {
      return List.of(element(name, generic, depth));
    }
    if (type == FlowFacts.class) {
      return null;
    }
    if (type == boolean.class) {
      return true;
    }
    if (type == int.class) {
      return 1;
    }
    if (type == long.class) {
      return 1L;
    }
    boolean ours = type.getName().startsWith("dev.forensics") && !type.isEnum();
    return ours && depth < 3 ? filled(type, depth + 1) : null;
  }
}
