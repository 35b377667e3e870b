package dev.forensics.indexer.index;

import dev.forensics.indexer.document.DocumentKind;
import java.util.Map;

class NullSinkTest extends DocumentSinkContract {
  @Override
  DocumentSink open() {
    return new NullSink();
  }

  @Override
  Map<String, String> stored(DocumentKind kind) {
    return null;
  }
}
