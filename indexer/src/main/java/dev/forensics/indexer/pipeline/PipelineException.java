package dev.forensics.indexer.pipeline;

/** A run cannot go on: a worker failed, the sink gave up, or the thread was interrupted. */
public final class PipelineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The reason in words and the failure behind it. */
  public PipelineException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
