package dev.forensics.indexer.detect.tls;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.Match;
import dev.forensics.indexer.detect.Protocol;
import dev.forensics.indexer.detect.ProtocolParser;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;

/**
 * TLS and SSL by their records: hellos, alerts, and in the middle of a stream any record.
 *
 * <p>Random bytes: see {@link Records}; an SSL 2 hello is under 2^-45.
 */
public final class TlsProtocol implements Protocol {
  private static final int TCP = 6;

  private final CertificateReader certificates = new CertificateReader();

  @Override
  public String name() {
    return "tls";
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
    Match record = Records.match(buffer, offset, length, flow.midstream);
    return record != Match.NO ? record : Ssl2Hello.match(buffer, offset, length);
  }

  @Override
  public ProtocolParser open(Flow flow, FlowFacts facts) {
    return new TlsParser(flow, facts, certificates);
  }
}
