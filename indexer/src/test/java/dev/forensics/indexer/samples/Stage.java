package dev.forensics.indexer.samples;

import java.util.Random;

/** A capture being made, its chance, and the connections in it: each with a port of its own. */
final class Stage {
  static final String HTTP_ON_HTTPS = "http-on-https-port";
  static final long SECOND = 1_000_000_000L;
  static final long MINUTE = 60 * SECOND;

  final SampleCapture capture;
  final Random random;
  final TelegramMessages telegram;
  final TlsMessages tls;
  private int nextPort = 49_152;

  Stage(String name, long seed) {
    capture = new SampleCapture(name);
    random = new Random(seed);
    telegram = new TelegramMessages(random);
    tls = new TlsMessages(random);
  }

  /** A conversation that has not begun yet. */
  Conversation conversation(String client, String server, int serverPort, long startNanos) {
    return conversation(client, server, serverPort, startNanos, Wrapping.ETHERNET);
  }

  Conversation conversation(
      String client, String server, int serverPort, long startNanos, Wrapping wrapping) {
    long roundTrip = 4_000_000 + Math.floorMod(server.hashCode(), 60) * 1_000_000L;
    Route route = new Route(client, nextPort++, server, serverPort, roundTrip, wrapping);
    return new Conversation(route, random, startNanos);
  }

  /** A conversation after its handshake. */
  Conversation connect(String client, String server, int serverPort, long startNanos) {
    return conversation(client, server, serverPort, startNanos).open();
  }

  void alarm(Conversation conversation, String server, String outcome) {
    capture.add(conversation).expect(HTTP_ON_HTTPS, server, outcome);
  }

  /** A moment of this many minutes from a start, not sooner than its beginning. */
  long within(long startNanos, int minutes) {
    return startNanos + (long) (random.nextDouble() * minutes * MINUTE);
  }

  <T> T any(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
