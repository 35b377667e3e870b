package dev.forensics.indexer.metamorphic;

import java.util.ArrayList;
import java.util.List;

/** All transforms. */
final class Transforms {
  private Transforms() {}

  static List<Transform> all() {
    List<Transform> all = new ArrayList<>();
    all.addAll(InTunnel.all());
    all.addAll(InFragments.all());
    all.addAll(CutAtSnapLength.all());
    all.addAll(WithOutlier.all());
    all.add(new WithOnePacketMoved(1970));
    all.add(new WithOnePacketMoved(2096));
    all.addAll(ClockSetForward.all());
    all.add(new EachTwice());
    all.add(new EachAgain());
    all.add(new AppendedToItself());
    all.addAll(OneDirection.all());
    all.add(new JoinedInTheMiddle());
    all.add(new InManyFiles());
    all.add(new InManySections());
    all.addAll(InFormat.all());
    all.addAll(WithWorkers.all());
    all.add(new WithStrangers());
    all.add(new WithStrangersLater());
    return all;
  }
}
