package dev.forensics.indexer.live;

import java.util.List;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.TimestampPrecision;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.Pcaps;

/** Opens libpcap, and says in one line what is in the way. */
final class Libpcap {
  /** How long libpcap lets packets gather before it hands them over. */
  private static final int GATHER_MILLIS = 100;

  private static final int PERMISSION_DENIED = -8;
  private static final int PROMISCUOUS_DENIED = -11;

  private Libpcap() {}

  static List<PcapNetworkInterface> devices() throws LiveSetupException {
    try {
      return Pcaps.findAllDevs();
    } catch (PcapNativeException e) {
      throw new LiveSetupException("libpcap cannot list the interfaces: " + e.getMessage());
    } catch (LinkageError e) {
      throw new LiveSetupException(loadingProblem(String.valueOf(e.getMessage())));
    }
  }

  /** JNA's first line names the library, the second says why; the last one is the class path. */
  private static String loadingProblem(String message) {
    List<String> lines = message.lines().limit(2).toList();
    String reason = oneLine(String.join(" ", lines));
    if (message.startsWith("Unable to load library")) {
      return "libpcap is missing: install the package libpcap0.8 (Debian, Ubuntu) or libpcap"
          + " (others). "
          + reason;
    }
    return "libpcap cannot be loaded (a temporary folder mounted noexec? FORENSICS_JAVA_OPTS="
        + "-Djna.tmpdir=DIR names another): "
        + reason;
  }

  static PcapHandle open(LiveSettings settings) throws LiveSetupException {
    requireDevice(settings.device());
    PcapHandle handle = activate(settings);
    try {
      if (!settings.filter().isBlank()) {
        handle.setFilter(settings.filter(), BpfCompileMode.OPTIMIZE);
      }
      return handle;
    } catch (PcapNativeException e) {
      handle.close();
      String problem = e.getMessage().replaceFirst("^Error occurred in pcap_\\w+: ", "");
      throw new LiveSetupException("the filter '" + settings.filter() + "': " + oneLine(problem));
    } catch (NotOpenException e) {
      throw new IllegalStateException("closed while it was opened", e);
    }
  }

  private static void requireDevice(String name) throws LiveSetupException {
    List<String> names = devices().stream().map(PcapNetworkInterface::getName).toList();
    if (!names.contains(name)) {
      throw new LiveSetupException(
          "there is no interface " + name + "; there are " + String.join(", ", names));
    }
  }

  private static PcapHandle activate(LiveSettings settings) throws LiveSetupException {
    try {
      return new PcapHandle.Builder(settings.device())
          .snaplen(settings.snapLength())
          .promiscuousMode(
              settings.promiscuous() ? PromiscuousMode.PROMISCUOUS : PromiscuousMode.NONPROMISCUOUS)
          .timeoutMillis(GATHER_MILLIS)
          .bufferSize(settings.bufferBytes())
          .timestampPrecision(TimestampPrecision.NANO)
          .build();
    } catch (PcapNativeException e) {
      throw new LiveSetupException(activationProblem(settings.device(), e));
    }
  }

  private static String activationProblem(String device, PcapNativeException e) {
    int code = e.getReturnCode() == null ? 0 : e.getReturnCode();
    String words = oneLine(e.getMessage());
    if (code == PERMISSION_DENIED || code == PROMISCUOUS_DENIED) {
      return "no right to capture on "
          + device
          + ": be root, or have CAP_NET_RAW, from AmbientCapabilities=CAP_NET_RAW in a systemd unit"
          + " or from setpriv (setcap on java would give it to every Java program); libpcap says: "
          + words;
    }
    return "cannot capture on " + device + ": " + (words.isEmpty() ? "libpcap: " + code : words);
  }

  private static String oneLine(String message) {
    return message == null ? "" : message.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
