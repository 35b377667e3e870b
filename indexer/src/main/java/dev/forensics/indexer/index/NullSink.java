package dev.forensics.indexer.index;

import dev.forensics.indexer.document.EcsDocument;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;

/** Counts documents and drops them. */
public final class NullSink implements DocumentSink {
  private final LongAdder accepted = new LongAdder();
  private volatile boolean isClosed;

  @Override
  public void accept(EcsDocument document) throws IOException {
    if (isClosed) {
      throw new IOException("the sink is closed");
    }
    accepted.increment();
  }

  @Override
  public void flush() {
    // nothing is kept back
  }

  @Override
  public SinkCounts counts() {
    long counted = accepted.sum();
    return new SinkCounts(counted, counted, 0, 0, 0);
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
