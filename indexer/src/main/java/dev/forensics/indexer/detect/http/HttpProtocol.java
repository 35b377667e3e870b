package dev.forensics.indexer.detect.http;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * HTTP/1.x by its start line, whatever the method; HTTP/2 with prior knowledge by its preface, and
 * its server by the SETTINGS frame that comes first.
 *
 * <p>Random bytes: a request line needs a token, a target without controls and " HTTP/1." with a
 * digit and the line's end (under 2^-64); a status line is 2^-60, SETTINGS under 2^-70. Text is
 * taken for a request only where a line has that form from its beginning to its end: lines of logs
 * have more behind the version, or no target of a request; behind a bare word a field must follow.
 * Redis' inline {@code GET /key} has the form of HTTP/0.9 and is taken for it.
 */
public final class HttpProtocol implements Protocol {
  private static final int TCP = 6;

  @Override
  public String name() {
    return "http";
  }

  @Override
  public boolean runsOver(int ipProtocol) {
    return ipProtocol == TCP;
  }

  @Override
  public boolean recognizableMidstream() {
    return true;
  }

  @Override
  public Match identify(byte[] buffer, int offset, int length, Direction direction, Flow flow) {
    Match line = StartLine.match(buffer, offset, length);
    if (line == Match.YES && BareTarget.isIn(buffer, offset, length)) {
      return BareTarget.follows(buffer, offset, length);
    }
    if (line != Match.NO || flow.midstream) {
      return line;
    }
    return Http2Frames.matchSettings(buffer, offset, length);
  }

  /** A request line of a well-known method that the snapshot length cut. */
  @Override
  public boolean recognizableCutOff(byte[] buffer, int offset, int length) {
    return StartLine.isBegunRequest(buffer, offset, length);
  }

  @Override
  public ProtocolParser open(Flow flow, FlowFacts facts) {
    return new HttpParser(flow, facts);
  }
}
