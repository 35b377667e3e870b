package dev.forensics.indexer.kibana;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The pack as its files say it. */
final class PackFiles {
  static final KibanaPack PACK = read();

  private PackFiles() {}

  private static KibanaPack read() {
    try {
      return KibanaPack.read(Path.of("../kibana/saved-objects"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its objects of a type, such as "dashboard". */
  static Stream<SavedObject> of(String type) {
    return PACK.objects().stream().filter(object -> object.type().equals(type));
  }
}
