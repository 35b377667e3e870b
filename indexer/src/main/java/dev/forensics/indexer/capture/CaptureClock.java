package dev.forensics.indexer.capture;

import java.util.List;

/**
 * What is known of the times of a capture's records before a position, so that those behind it are
 * judged as if reading had never stopped there, see {@link CaptureTime}.
 *
 * @param nanos the latest time believed, in nanoseconds; {@link #UNSET} when there is none
 * @param section of the undecided times, as {@link PacketRecord#section}
 * @param undecided times of the records before the position that were handed out undecided, in the
 *     order of the capture; later ones may decide about them still
 */
public record CaptureClock(long nanos, long section, List<Long> undecided) {
  /** No time was believed. */
  public static final long UNSET = CaptureTime.UNSET;

  /** Copies the list. */
  public CaptureClock {
    undecided = List.copyOf(undecided);
  }

  /** Shows a time, with nothing undecided. */
  public static CaptureClock at(long nanos) {
    return new CaptureClock(nanos, PacketRecord.NO_SECTION, List.of());
  }
}
