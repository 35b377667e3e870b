package dev.forensics.indexer.service;

import dev.forensics.indexer.follow.FollowedSensor;
import dev.forensics.indexer.index.SensorTakenException;
import dev.forensics.indexer.schedule.SensorTick;
import java.io.IOException;

/** A sensor's tick behind the templates. */
record PreparedTick(TemplateGuard templates, FollowedSensor sensor) implements SensorTick {
  @Override
  public void tick() throws Exception {
    try {
      templates.ensure();
    } catch (IOException | RuntimeException e) {
      sensor.couldNotBegin(e);
      throw e;
    }
    try {
      sensor.tick();
    } catch (SensorTakenException e) {
      templates.doubt(); // where a commit is gone, so may the templates be
      throw e;
    }
  }

  @Override
  public void release() {
    sensor.release();
  }
}
