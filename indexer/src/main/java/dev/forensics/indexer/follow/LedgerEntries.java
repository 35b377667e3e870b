package dev.forensics.indexer.follow;

import dev.forensics.indexer.document.CaptureDocuments;
import dev.forensics.indexer.document.CaptureEntry;
import dev.forensics.indexer.document.EcsDocument;

/** Entries of the ledger as documents. */
final class LedgerEntries {
  private LedgerEntries() {}

  static EcsDocument document(CaptureEntry entry) {
    return new CaptureDocuments().write(entry);
  }
}
