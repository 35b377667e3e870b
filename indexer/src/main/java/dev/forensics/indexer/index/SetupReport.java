package dev.forensics.indexer.index;

import java.util.List;

/**
 * What a set-up did.
 *
 * @param written templates put or replaced
 * @param unchanged templates that were there already
 * @param newer templates of a newer version of this program, left alone
 * @param rolledOver data streams that got a new write index, so that new fields take effect
 * @param notes what this server does not offer, in plain words
 */
public record SetupReport(
    List<String> written,
    List<String> unchanged,
    List<String> newer,
    List<String> rolledOver,
    List<String> notes) {
  /** Takes copies. */
  public SetupReport {
    written = List.copyOf(written);
    unchanged = List.copyOf(unchanged);
    newer = List.copyOf(newer);
    rolledOver = List.copyOf(rolledOver);
    notes = List.copyOf(notes);
  }
}
