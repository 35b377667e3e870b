package dev.forensics.indexer.detect.rule;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which protocols are expected on a server port: the data file {@code detect/ports.csv}. */
final class PortTable {
  private static final String RESOURCE = "/detect/ports.csv";
  private static final int COLUMNS = 4;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final PortTable DEFAULT = load();

  private final Map<Integer, Row> rows = new HashMap<>();

  /**
   * A line of the table.
   *
   * @param protocols as in network.protocol
   * @param service what the port is for
   */
  record Row(List<String> protocols, String service) {
    Row {
      protocols = List.copyOf(protocols);
    }
  }

  private PortTable() {}

  /** The table that is shipped. */
  static PortTable shipped() {
    return DEFAULT;
  }

  /** The row of a port, or null when nothing is expected there. */
  Row row(int ipProtocol, int port) {
    return ipProtocol == TCP || ipProtocol == UDP ? rows.get(key(ipProtocol, port)) : null;
  }

  /** True when the table names this protocol for the port. */
  boolean expects(int ipProtocol, int port, String protocol) {
    Row row = row(ipProtocol, port);
    return row != null && row.protocols().contains(protocol);
  }

  private static int key(int ipProtocol, int port) {
    return ipProtocol << 16 | port;
  }

  private static PortTable load() {
    PortTable table = new PortTable();
    try (InputStream in = PortTable.class.getResourceAsStream(RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank() && line.charAt(0) != '#') {
          table.add(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
    return table;
  }

  private void add(String line) {
    String[] columns = line.split(",", COLUMNS);
    int transport = "tcp".equals(columns[0]) ? TCP : UDP;
    Row row = new Row(List.of(columns[2].split(" ")), columns[3]);
    if (rows.put(key(transport, Integer.parseInt(columns[1])), row) != null) {
      throw new IllegalStateException(RESOURCE + " has two rows like: " + line);
    }
  }
}
