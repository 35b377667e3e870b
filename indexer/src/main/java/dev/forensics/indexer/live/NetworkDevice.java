package dev.forensics.indexer.live;

import java.net.InetAddress;
import java.util.List;
import org.pcap4j.core.PcapAddress;
import org.pcap4j.core.PcapNetworkInterface;

/**
 * A network interface that libpcap can capture on.
 *
 * @param description libpcap's; may be empty
 * @param addresses its IP addresses
 */
public record NetworkDevice(
    String name, String description, boolean up, List<InetAddress> addresses) {

  /** All interfaces, in libpcap's order: the likeliest first. */
  public static List<NetworkDevice> list() throws LiveSetupException {
    return Libpcap.devices().stream().map(NetworkDevice::of).toList();
  }

  private static NetworkDevice of(PcapNetworkInterface device) {
    String description = device.getDescription() == null ? "" : device.getDescription();
    List<InetAddress> addresses =
        device.getAddresses().stream()
            .map(PcapAddress::getAddress)
            .filter(address -> address != null)
            .toList();
    return new NetworkDevice(device.getName(), description, device.isUp(), addresses);
  }
}
