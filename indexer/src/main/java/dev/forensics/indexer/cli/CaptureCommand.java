package dev.forensics.indexer.cli;

import dev.forensics.indexer.config.Units;
import dev.forensics.indexer.live.LiveCapture;
import dev.forensics.indexer.live.LiveException;
import dev.forensics.indexer.live.LiveSettings;
import dev.forensics.indexer.live.LiveSetupException;
import dev.forensics.indexer.live.NetworkDevice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Captures live into rotating files. */
@Command(
    name = "capture",
    description =
        "Captures live into rotating files, until Ctrl-C. Needs libpcap, and root or CAP_NET_RAW.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example, a ring of at most 10 GB:",
      "  forensics capture -i eth0 --output /captures/edge-1 --files 100 tcp port 443"
    })
final class CaptureCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Task task;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILTER",
      description = "Packets wanted, as for tcpdump (pcap-filter(7)). Default: all.")
  private List<String> filter = List.of();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Folder for the files; made when missing. Default: the current one.")
  private Path folder;

  @Option(
      names = "--prefix",
      paramLabel = "NAME",
      description = "How file names begin. Default: the interface.")
  private String prefix;

  @Option(
      names = "--rotate-size",
      paramLabel = "SIZE",
      defaultValue = "100MB",
      converter = Bytes.class,
      description = "A new file before one gets longer. Default: ${DEFAULT-VALUE}.")
  private long rotateBytes;

  @Option(
      names = "--rotate-every",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = Time.class,
      description = "A new file when one with packets is so old. Default: ${DEFAULT-VALUE}.")
  private Duration rotateEvery;

  @Option(
      names = "--files",
      paramLabel = "N",
      defaultValue = "0",
      description = "Files to keep, the oldest are deleted. Default: all are kept.")
  private int files;

  @Option(
      names = "--snaplen",
      paramLabel = "BYTES",
      defaultValue = "262144",
      description = "Bytes to keep of a packet. Default: ${DEFAULT-VALUE}.")
  private int snapLength;

  @Option(
      names = "--no-promiscuous",
      description = "Leave out packets that are for other machines.")
  private boolean modest;

  @Option(
      names = "--buffer",
      paramLabel = "SIZE",
      defaultValue = "32MB",
      converter = Bytes.class,
      description = "The kernel's buffer for packets not yet written. Default: ${DEFAULT-VALUE}.")
  private long bufferBytes;

  @Option(names = "--json", description = "One JSON object a file, and one for all at the end.")
  private boolean json;

  /** Either of the two things the command does. */
  private static final class Task {
    @Option(
        names = {"-i", "--interface"},
        paramLabel = "NAME",
        description = "The network interface; 'any' for all.")
    private String device;

    @Option(names = "--list", description = "Lists the network interfaces.")
    private boolean list;
  }

  /** Sizes as people write them. */
  private static final class Bytes implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        return Units.bytes(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Durations as people write them. */
  private static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return Units.duration(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  @Override
  public Integer call() {
    try {
      if (task.list) {
        CaptureOutput.list(NetworkDevice.list(), json, System.out);
      } else {
        capture(settings());
      }
      return ExitCode.DONE;
    } catch (LiveSetupException e) {
      System.err.println("forensics: " + PlainText.lines(e.getMessage()));
      return ExitCode.USAGE;
    } catch (LiveException e) {
      System.err.println("forensics: " + PlainText.lines(e.getMessage()));
      return ExitCode.CAPTURE_FAILED;
    }
  }

  private LiveSettings settings() {
    try {
      return checkedSettings();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private LiveSettings checkedSettings() {
    return new LiveSettings(
        task.device,
        String.join(" ", filter),
        snapLength,
        !modest,
        (int) Math.min(bufferBytes, Integer.MAX_VALUE),
        folder,
        prefix == null ? task.device.replaceAll("[^A-Za-z0-9._-]", "-") : prefix,
        rotateBytes,
        rotateEvery,
        files);
  }

  private void capture(LiveSettings settings) throws LiveSetupException, LiveException {
    CaptureOutput output = new CaptureOutput(json, System.out);
    try (LiveCapture capture = new LiveCapture(settings)) {
      Interruption interruption = Interruption.calls(capture::stop);
      try {
        System.err.println(
            "Capturing on " + settings.device() + " into " + folder + "; Ctrl-C ends it.");
        output.total(capture.run(output));
      } finally {
        interruption.close();
      }
    }
  }
}
