package dev.forensics.indexer.farm;

import java.util.Random;

/** A kind of ordinary traffic. */
interface OrdinaryTraffic {
  /** The next flow; the same for the same state of the random numbers. */
  OrdinaryFlow flow(Random random);
}
