package dev.forensics.indexer.follow;

import dev.forensics.indexer.capture.CaptureException;
import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.CaptureId;
import dev.forensics.indexer.capture.FolderScan;
import dev.forensics.indexer.document.CaptureEntry;
import dev.forensics.indexer.index.CaptureLedger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the captures of a folder the identities by which the sensor knows them. Most are alone with
 * their first record, and have the identity that it makes. Of those that share it, each that was
 * read is told by the record that was read of it last, and one that is new gets an identity of its
 * own. Used by the sensor's tick.
 */
final class CaptureIdentities {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureIdentities.class);

  private final String sensor;
  private final CaptureLedger ledger;
  private final Set<CaptureId> told = new HashSet<>();

  CaptureIdentities(String sensor, CaptureLedger ledger) {
    this.sensor = sensor;
    this.ledger = ledger;
  }

  /**
   * What lies in the folder, with identities.
   *
   * @param found of groups: of those that share their first record, one has the group's identity
   * @param known captures that the ledger may not know as far as they were read
   */
  FolderScan.Found resolve(FolderScan.Found found, Collection<KnownCapture> known)
      throws IOException {
    Map<CaptureId, List<CaptureFile>> groups = new LinkedHashMap<>();
    for (CaptureFile file : found.captures()) {
      groups.computeIfAbsent(file.id().group(), id -> new ArrayList<>()).add(file);
    }
    Map<CaptureId, Map<CaptureId, KnownCapture>> knownByGroup = new HashMap<>();
    for (KnownCapture one : known) {
      knownByGroup.computeIfAbsent(one.id().group(), id -> new HashMap<>()).put(one.id(), one);
    }
    List<CaptureFile> resolved = new ArrayList<>();
    groups.entrySet().removeIf(g -> isPlain(g.getValue(), knownByGroup.get(g.getKey()), resolved));
    Map<CaptureId, CaptureEntry> entries = ledger.entries(sensor, groups.keySet());
    for (Map.Entry<CaptureId, List<CaptureFile>> group : groups.entrySet()) {
      Map<CaptureId, KnownCapture> here =
          knownByGroup.computeIfAbsent(group.getKey(), id -> new HashMap<>());
      CaptureEntry entry = entries.get(group.getKey());
      if (entry != null) {
        here.putIfAbsent(entry.id, KnownCapture.of(entry));
      }
      resolve(group.getKey(), group.getValue(), here, found, resolved);
    }
    return found.as(resolved);
  }

  /** What is followed, lies where it lay and has not become shorter is not looked into. */
  private static boolean isPlain(
      List<CaptureFile> files, Map<CaptureId, KnownCapture> known, List<CaptureFile> resolved) {
    if (files.size() > 1 || known == null || known.size() > 1) {
      return false;
    }
    KnownCapture only = known.values().iterator().next();
    CaptureFile file = files.get(0);
    boolean isPlain =
        only.path().equals(file.path().toString()) && only.sizeBytes() <= file.sizeBytes();
    if (isPlain) {
      resolved.add(file.as(only.id()));
    }
    return isPlain;
  }

  private void resolve(
      CaptureId group,
      List<CaptureFile> files,
      Map<CaptureId, KnownCapture> known,
      FolderScan.Found found,
      List<CaptureFile> resolved)
      throws IOException {
    if (known.isEmpty()) {
      resolved.addAll(files);
      files.forEach(file -> tell(file, group));
      return;
    }
    if (files.size() == 1 && known.size() == 1 && known.containsKey(group)) {
      CaptureFile only = files.get(0);
      if (known.get(group).fits(only)) {
        resolved.add(only.as(group));
        return;
      }
    }
    ledger
        .group(sensor, group)
        .forEach(entry -> known.putIfAbsent(entry.id, KnownCapture.of(entry)));
    List<CaptureFile> left = new ArrayList<>(files);
    known.values().stream()
        .sorted(Comparator.comparingLong(KnownCapture::records).reversed())
        .forEach(one -> assign(one, left, resolved));
    for (CaptureFile file : left) {
      addNew(file, group, known, found, resolved);
    }
  }

  private static void assign(
      KnownCapture known, List<CaptureFile> left, List<CaptureFile> resolved) {
    List<CaptureFile> fitting = left.stream().filter(known::fits).toList();
    Optional<CaptureFile> chosen =
        fitting.stream()
            .filter(file -> file.path().toString().equals(known.path()))
            .findFirst()
            .or(() -> fitting.stream().findFirst());
    chosen.ifPresent(
        file -> {
          left.remove(file);
          resolved.add(file.as(known.id()));
        });
  }

  private void addNew(
      CaptureFile file,
      CaptureId group,
      Map<CaptureId, KnownCapture> known,
      FolderScan.Found found,
      List<CaptureFile> resolved)
      throws CaptureException {
    Set<CaptureId> taken = resolved.stream().map(CaptureFile::id).collect(Collectors.toSet());
    taken.addAll(known.keySet());
    if (taken.add(group)) {
      resolved.add(file.as(group));
      return;
    }
    CaptureId beside = found.beside().getOrDefault(file.path(), group);
    if (taken.contains(beside)) {
      beside = file.besideAnother(known.get(group) == null ? 2 : known.get(group).records());
    }
    // With one record, all of it is known until more comes.
    if (taken.add(beside)) {
      CaptureFile other = file.as(beside);
      resolved.add(other);
      tell(other, group);
    }
  }

  private void tell(CaptureFile file, CaptureId group) {
    if (file.id().isBesideAnother() && told.add(file.id())) {
      LOG.warn(
          "sensor={} {} begins as capture {} does and goes on otherwise from its record {} on: it"
              + " is read as capture {}",
          sensor,
          file.path(),
          group,
          file.id().tellingRecord(),
          file.id());
    }
  }
}
