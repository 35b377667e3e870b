package dev.forensics.indexer.capture;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the regular files under a folder, by name within each folder. Symbolic links are followed
 * when they stay inside, after everything else, so that a file is found under its own name and once
 * only; links in a circle do no harm.
 */
final class FolderWalk {
  private final Path root;
  private final List<SkippedFile> skipped;
  private final List<CaptureFailure> failures;
  private final List<Path> files = new ArrayList<>();
  private final Set<Path> seen = new HashSet<>();
  private final ArrayDeque<Path> folders = new ArrayDeque<>();
  private final ArrayDeque<Path> links = new ArrayDeque<>();

  /**
   * @param root an existing folder
   * @param skipped gets what is left out
   * @param failures gets what cannot be read
   */
  FolderWalk(Path root, List<SkippedFile> skipped, List<CaptureFailure> failures) {
    this.root = root;
    this.skipped = skipped;
    this.failures = failures;
  }

  /** The files in the order they were found. */
  List<Path> walk() {
    try {
      Path real = root.toRealPath();
      folders.add(root);
      while (!folders.isEmpty() || !links.isEmpty()) {
        if (folders.isEmpty()) {
          follow(links.removeFirst(), real);
        } else {
          list(folders.removeFirst());
        }
      }
    } catch (IOException e) {
      fail(root, e);
    }
    return files;
  }

  private void list(Path folder) {
    List<Path> entries = new ArrayList<>();
    Path real = folder;
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      real = folder.toRealPath();
      if (!seen.add(real)) {
        return;
      }
      stream.forEach(entries::add);
    } catch (DirectoryIteratorException e) {
      fail(folder, e.getCause());
    } catch (IOException e) {
      fail(folder, e);
    }
    Collections.sort(entries);
    for (Path entry : entries) {
      sort(entry, real);
    }
  }

  private void sort(Path entry, Path realFolder) {
    Path name = entry.getFileName();
    if (name.toString().startsWith(".")) {
      skip(entry, SkippedFile.Reason.HIDDEN);
      return;
    }
    try {
      add(entry, realFolder.resolve(name));
    } catch (NoSuchFileException e) {
      skip(entry, SkippedFile.Reason.VANISHED);
    } catch (IOException e) {
      fail(entry, e);
    }
  }

  /** One look at each entry: folders with thousands of files are looked at every second. */
  private void add(Path entry, Path real) throws IOException {
    BasicFileAttributes is =
        Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (is.isSymbolicLink()) {
      links.add(entry);
    } else if (is.isDirectory()) {
      folders.add(entry);
    } else if (!is.isRegularFile()) {
      skip(entry, SkippedFile.Reason.NOT_REGULAR);
    } else if (seen.add(real)) {
      files.add(entry);
    }
  }

  private void addFile(Path file) {
    try {
      if (seen.add(file.toRealPath())) {
        files.add(file);
      }
    } catch (IOException e) {
      fail(file, e);
    }
  }

  private void follow(Path link, Path realRoot) {
    try {
      Path target = link.toRealPath();
      if (!target.startsWith(realRoot)) {
        skip(link, SkippedFile.Reason.LINK_LEAVES_FOLDER);
      } else if (Files.isDirectory(target)) {
        folders.add(link);
      } else if (Files.isRegularFile(target)) {
        addFile(link);
      } else {
        skip(link, SkippedFile.Reason.NOT_REGULAR);
      }
    } catch (NoSuchFileException e) {
      failures.add(new CaptureFailure(link, link + ": a symbolic link to nothing"));
    } catch (IOException e) {
      fail(link, e);
    }
  }

  private void skip(Path path, SkippedFile.Reason reason) {
    skipped.add(new SkippedFile(path, reason, ""));
  }

  private void fail(Path path, IOException problem) {
    if (problem instanceof NoSuchFileException) {
      skip(path, SkippedFile.Reason.VANISHED);
      return;
    }
    boolean denied = problem instanceof AccessDeniedException;
    String words =
        denied ? "not readable for this user" : "cannot be read: " + problem.getMessage();
    failures.add(new CaptureFailure(path, path + ": " + words));
  }
}
