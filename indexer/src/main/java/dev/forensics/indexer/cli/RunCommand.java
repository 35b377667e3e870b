package dev.forensics.indexer.cli;

import dev.forensics.indexer.config.ConfigException;
import dev.forensics.indexer.config.IndexerConfig;
import dev.forensics.indexer.config.Secrets;
import dev.forensics.indexer.service.IndexerService;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The service. */
@Command(
    name = "run",
    description = {
      "Follows the folders of the configuration's sensors, until it is stopped.",
      "Health, metrics and packets are served on HTTP. A shared schedule's database login is taken",
      "from FORENSICS_DATABASE_USER and FORENSICS_DATABASE_PASSWORD; with _FILE appended, from the",
      "file that the variable names."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  /** What is not ended by then is left to the ledger. */
  private static final int STOP_SECONDS = 20;

  @Mixin private ConfigOptions options;

  @Override
  public Integer call() throws Exception {
    IndexerConfig config = options.loadForService();
    if (config.sensors().isEmpty()) {
      throw new ConfigException(
          "configuration", List.of("sensors: at least one is needed to run the service"));
    }
    Logging.tellMore();
    LastWords.install(fault -> {});
    IndexerService service =
        new IndexerService(
            config,
            new IndexerService.DatabaseLogin(
                Secrets.read(System.getenv(), "FORENSICS_DATABASE_USER").orElse(null),
                Secrets.read(System.getenv(), "FORENSICS_DATABASE_PASSWORD").orElse(null)));
    LastWords.install(service::blame);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service, stopped), "stop"));
    LOG.info(
        "follows sensors={} http={}",
        config.sensors().stream().map(sensor -> sensor.name()).toList(),
        service.address());
    stopped.await();
    return ExitCode.DONE;
  }

  private static void tellEnd(List<String> uncommitted) {
    if (uncommitted.isEmpty()) {
      LOG.info("stopped; everything read is committed");
    } else {
      LOG.warn("stopped; the rest is read again next time: {}", "sensors=" + uncommitted);
    }
  }

  private static void stop(IndexerService service, CountDownLatch stopped) {
    Thread closing =
        new Thread(
            () -> {
              try {
                service.close();
                tellEnd(service.uncommitted());
              } catch (IOException | RuntimeException e) {
                LOG.warn("stopped; the rest is read again next time: {}", e.getMessage());
              }
            },
            "close");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
      if (closing.isAlive()) {
        LOG.warn("stopped after {} s; the rest is read again next time", STOP_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stopped.countDown();
  }
}
