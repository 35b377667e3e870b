package dev.forensics.indexer.service;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;

/**
 * Tells when the heap is nearly full after a collection. A process that runs out of memory ends at
 * once and can say nothing any more, so it is noted before.
 */
final class ShortMemory implements NotificationListener {
  private static final double SHARE = 0.9;

  private final Runnable onShort;

  private ShortMemory(Runnable onShort) {
    this.onShort = onShort;
  }

  /** From now on, each time that it becomes so. */
  static void tell(Runnable onShort) {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      long most = pool.getUsage().getMax();
      if (pool.getType() == MemoryType.HEAP
          && pool.isUsageThresholdSupported() // what is new is in another pool
          && pool.isCollectionUsageThresholdSupported()
          && most > 0) {
        pool.setCollectionUsageThreshold((long) (most * SHARE));
      }
    }
    NotificationEmitter memory = (NotificationEmitter) ManagementFactory.getMemoryMXBean();
    memory.addNotificationListener(new ShortMemory(onShort), null, null);
  }

  @Override
  public void handleNotification(Notification notification, Object handback) {
    if (notification
        .getType()
        .equals(MemoryNotificationInfo.MEMORY_COLLECTION_THRESHOLD_EXCEEDED)) {
      onShort.run();
    }
  }
}
