package dev.forensics.indexer.follow;

import dev.forensics.indexer.capture.CaptureFile;
import dev.forensics.indexer.capture.FolderScan;
import dev.forensics.indexer.capture.LettingGo;
import dev.forensics.indexer.capture.MergedReader;
import dev.forensics.indexer.capture.TrafficClock;
import dev.forensics.indexer.document.CaptureEntry;
import dev.forensics.indexer.pipeline.SensorPipeline;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads again, in the same order, what the open flows of a commit are made of. */
final class Replaying {
  private static final Logger LOG = LoggerFactory.getLogger(Replaying.class);

  private final SensorCommit commit;
  private final SensorPipeline pipeline;
  private final MergedReader reader;
  private final FollowedCaptures followed;
  private final Instant now;

  Replaying(
      SensorCommit commit,
      SensorPipeline pipeline,
      MergedReader reader,
      FollowedCaptures followed,
      Instant now) {
    this.commit = commit;
    this.pipeline = pipeline;
    this.reader = reader;
    this.followed = followed;
    this.now = now;
  }

  /**
   * Does it. Afterwards captures that are not over are followed from where they were committed.
   *
   * @param found what lies in the folder now
   * @param ledger the entries of the commit's captures, by id
   * @return the steps, which may have to be read once more
   */
  ReadingSteps run(FolderScan.Found found, Map<String, CaptureEntry> ledger) throws IOException {
    ReadingSteps steps = StepsForm.read(commit.steps());
    restoreCaptures(found, ledger);
    List<ReadingSteps.Step> all = steps.all();
    TrafficClock.State now = commit.times().clock();
    pipeline.replay(commit.starts(), all.isEmpty() ? now : all.get(0).clock());
    for (int i = 0; i < all.size(); i++) {
      read(all, i);
    }
    pipeline.endReplay(now);
    followed.goOnAfterReplay(commit.times(), this.now);
    return steps;
  }

  private void restoreCaptures(FolderScan.Found found, Map<String, CaptureEntry> ledger) {
    Map<String, CaptureFile> files = new HashMap<>();
    found.captures().forEach(file -> files.put(file.id().value(), file));
    for (SensorCommit.Capture capture : commit.captures()) {
      String id = capture.id().value();
      followed.restore(capture.id(), capture.path(), files.get(id), ledger.get(id), now);
    }
  }

  /** Of captures that are gone, the packets are missing in the flows. */
  private void read(List<ReadingSteps.Step> all, int index) throws IOException {
    ReadingSteps.Step step = all.get(index);
    List<ReadingSteps.Part> parts =
        step.parts().stream().filter(part -> followed.numbered(part.capture()) != null).toList();
    for (ReadingSteps.Part part : parts) {
      if (!reader.captures().isFollowed(part.capture())) {
        followed.reopen(part);
      }
      reader.limit(part.capture(), part.to(), part.lookedTo());
      reader.holes().passTo(part.capture(), part.to());
    }
    reader.wake();
    pipeline.read(reader);
    boolean isNone = step.lettingGo() == LettingGo.NONE;
    if (!isNone || parts.stream().anyMatch(this::isShort)) {
      // Earlier indexers did not note that they had let go at the end of a quiet time.
      reader.letGo(isNone ? LettingGo.ALL : step.lettingGo());
      pipeline.read(reader);
    }
    if (parts.stream().anyMatch(this::isShort)) {
      for (ReadingSteps.Part part : parts) {
        followed
            .numbered(part.capture())
            .requireWhereItWas(); // one that is not holds up the others
      }
    }
    for (ReadingSteps.Part part : parts) {
      leave(part, isReadLater(all, index, part.capture()));
    }
  }

  private boolean isShort(ReadingSteps.Part part) {
    return reader.position(part.capture()) != part.to();
  }

  private static boolean isReadLater(List<ReadingSteps.Step> all, int index, int capture) {
    return all.subList(index + 1, all.size()).stream()
        .flatMap(step -> step.parts().stream())
        .anyMatch(part -> part.capture() == capture);
  }

  private void leave(ReadingSteps.Part part, boolean isReadLater) {
    FollowedCapture capture = followed.numbered(part.capture());
    long reached = reader.position(part.capture());
    if (isShort(part)) {
      LOG.warn(
          "{}: can be read again up to byte {} only, not {}: flows may miss packets",
          capture.progress.capture().path(),
          reached,
          part.to());
    }
    if (!isReadLater) {
      followed.readAgain(part.capture(), reached == capture.progress.position());
    }
  }
}
