package dev.forensics.indexer.metamorphic;

import java.util.Map;

/**
 * The same traffic in another way, and what may be different about its documents.
 *
 * @param traffic the packets as they are captured now
 * @param storing how they lie on disk
 * @param workers threads that follow flows
 * @param view what of the documents is compared
 * @param statement the differences that are meant
 */
record Variant(Traffic traffic, Storing storing, int workers, View view, Statement statement) {
  /** Other packets. */
  static Variant of(Traffic traffic, View view, Statement statement) {
    return new Variant(traffic, Storing.PLAIN, 1, view, statement);
  }

  /** The same packets in other files: nothing may differ. */
  static Variant stored(Traffic traffic, Storing storing) {
    return new Variant(traffic, storing, 1, View.DOCUMENTS, Statement.NOTHING);
  }

  /** The same files with another number of workers: nothing may differ. */
  static Variant read(Traffic traffic, int workers) {
    return new Variant(traffic, Storing.PLAIN, workers, View.DOCUMENTS, Statement.NOTHING);
  }

  /** What of a run's documents is compared: values by field, by what they are about. */
  Map<String, Map<String, String>> seen(Documents documents) {
    return view.of(documents);
  }
}
