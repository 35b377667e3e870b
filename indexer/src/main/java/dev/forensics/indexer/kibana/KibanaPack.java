package dev.forensics.indexer.kibana;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Saved objects that belong together, in a fixed order: by kind (what others point to comes first),
 * then by id. As files there is one an object in a folder a kind; as one file for Kibana there is
 * an object a line.
 *
 * @param objects in that order
 */
public record KibanaPack(List<SavedObject> objects) {
  private static final String BUNDLED = "/kibana/forensics.ndjson";
  private static final String LINES = ".ndjson";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Folders of the types; a type that is not listed gets its own name. */
  private static final Map<String, String> FOLDERS =
      Map.of(
          "index-pattern", "data-views",
          "lens", "lens",
          "visualization", "vega",
          "search", "searches",
          "links", "links",
          "dashboard", "dashboards");

  private static final List<String> ORDER =
      List.of("index-pattern", "lens", "visualization", "search", "links", "dashboard");

  /** Puts the objects in order. */
  public KibanaPack {
    objects =
        objects.stream()
            .sorted(Comparator.comparingInt(KibanaPack::rank).thenComparing(SavedObject::key))
            .toList();
  }

  /** The pack that came with this program. */
  public static KibanaPack bundled() throws IOException {
    try (InputStream in = KibanaPack.class.getResourceAsStream(BUNDLED)) {
      if (in == null) {
        throw new IOException("this build has no Kibana pack in it: " + BUNDLED);
      }
      return ofLines(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /**
   * A folder of readable files (with any folders below it), or an {@code .ndjson} file.
   *
   * @throws IOException when it cannot be read, or a file in it is no saved object, with its path
   */
  public static KibanaPack read(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      try {
        return ofLines(Files.readString(path));
      } catch (IOException e) {
        throw new IOException(path + ": " + e.getMessage(), e);
      }
    }
    List<SavedObject> objects = new ArrayList<>();
    for (Path file : filesBelow(path)) {
      try {
        objects.add(parse(Files.readString(file)));
      } catch (IOException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    }
    if (objects.isEmpty()) {
      throw new IOException("no saved objects (*.json) in " + path);
    }
    return new KibanaPack(objects);
  }

  /** Objects as Kibana exports them, one a line; a closing line with export details is left out. */
  public static KibanaPack ofLines(String lines) throws IOException {
    List<SavedObject> objects = new ArrayList<>();
    int number = 0;
    for (String line : lines.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("{\"excludedObjects\"")) {
        continue;
      }
      try {
        objects.add(parse(line));
      } catch (IOException e) {
        throw new IOException("line " + number + ": " + e.getMessage(), e);
      }
    }
    return new KibanaPack(objects);
  }

  private static SavedObject parse(String text) throws IOException {
    try {
      JsonNode json = JSON.readTree(text);
      if (json instanceof ObjectNode object) {
        return SavedObject.of(ReadableForm.readable(object));
      }
      throw new IOException("not a JSON object");
    } catch (JsonProcessingException e) {
      throw new IOException("not JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static List<Path> filesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  /** The form that Kibana imports: an object a line, in UTF-8. */
  public String ndjson() {
    StringBuilder lines = new StringBuilder();
    for (SavedObject object : objects) {
      lines.append(ReadableForm.compact(ReadableForm.stored(object.json()))).append('\n');
    }
    return lines.toString();
  }

  /**
   * Writes one file an object below the folder, or all into one when the path ends in {@code
   * .ndjson}. Files of other objects stay.
   */
  public void write(Path path) throws IOException {
    if (path.toString().endsWith(LINES)) {
      Files.writeString(path, ndjson());
      return;
    }
    for (SavedObject object : objects) {
      Path file = path.resolve(fileOf(object));
      Files.createDirectories(file.getParent());
      Files.writeString(file, ReadableForm.pretty(object.json()));
    }
  }

  /** Where the object's file stands below the folder of all; ids come from a server. */
  static Path fileOf(SavedObject object) {
    String folder = FOLDERS.getOrDefault(object.type(), safe(object.type()));
    return Path.of(folder, safe(object.id()) + ".json");
  }

  private static String safe(String name) {
    String cleaned = name.replaceAll("[^A-Za-z0-9._-]", "_");
    return cleaned.startsWith(".") ? "_" + cleaned : cleaned;
  }

  private static int rank(SavedObject object) {
    int rank = ORDER.indexOf(object.type());
    return rank < 0 ? ORDER.size() : rank;
  }
}
