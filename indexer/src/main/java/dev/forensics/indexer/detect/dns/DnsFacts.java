package dev.forensics.indexer.detect.dns;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a DNS flow asked and was answered. Lists are bounded; the counters are not. */
public final class DnsFacts {
  /** How many questions are kept. */
  public static final int QUESTION_LIMIT = 32;

  /** How many answers are kept. */
  public static final int ANSWER_LIMIT = 64;

  /** Memory of a text beside its characters, and of what holds it, in bytes. */
  private static final int BYTES_A_TEXT = 56;

  private static final int BYTES_AN_ENTRY = 64;

  /** Queries seen. */
  public long queries;

  /** Responses seen. */
  public long responses;

  /** Responses with an error code. */
  public long failures;

  /** Messages that did not decode to their end. */
  public long malformed;

  private final List<DnsQuestion> questions = new ArrayList<>(1);
  private final List<DnsAnswer> answers = new ArrayList<>(2);
  private final List<DnsAddress> addresses = new ArrayList<>(2);
  private int keptBytes;

  /** The kept questions, of queries and of responses whose query was not seen. */
  public List<DnsQuestion> questions() {
    return Collections.unmodifiableList(questions);
  }

  /** The kept answers. */
  public List<DnsAnswer> answers() {
    return Collections.unmodifiableList(answers);
  }

  /** Names and the addresses they stood for: as asked, so CNAME chains are already followed. */
  public List<DnsAddress> addresses() {
    return Collections.unmodifiableList(addresses);
  }

  void question(DnsQuestion question) {
    if (questions.size() < QUESTION_LIMIT && !questions.contains(question)) {
      questions.add(question);
      keptBytes += BYTES_AN_ENTRY + bytes(question.name());
    }
  }

  void answer(DnsAnswer answer) {
    if (answers.size() < ANSWER_LIMIT) {
      answers.add(answer);
      keptBytes += BYTES_AN_ENTRY + bytes(answer.name()) + bytes(answer.value());
    }
  }

  void address(DnsAddress address) {
    if (addresses.size() < ANSWER_LIMIT && addresses.stream().noneMatch(address::sameAs)) {
      addresses.add(address);
      keptBytes += BYTES_AN_ENTRY + bytes(address.name());
    }
  }

  /** Roughly the bytes of memory that the lists take. */
  int keptBytes() {
    return keptBytes;
  }

  private static int bytes(String text) {
    return text == null ? 0 : BYTES_A_TEXT + text.length();
  }
}
