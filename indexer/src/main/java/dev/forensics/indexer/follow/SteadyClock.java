package dev.forensics.indexer.follow;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The wall clock as it was when the process began, and the time that has passed since: for what is
 * compared within a process. A wall clock that is set changes nothing here.
 */
public final class SteadyClock implements InstantSource {
  /** One for all, so that instants of several places can be compared. */
  public static final SteadyClock PROCESS = new SteadyClock();

  private final Instant begun = Instant.now();
  private final long begunNanos = System.nanoTime();

  private SteadyClock() {}

  @Override
  public Instant instant() {
    return begun.plusNanos(System.nanoTime() - begunNanos);
  }
}
