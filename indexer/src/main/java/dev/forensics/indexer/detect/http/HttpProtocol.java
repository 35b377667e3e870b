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
