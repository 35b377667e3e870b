package dev.forensics.indexer.enrich;

import com.maxmind.db.CHMCache;
import com.maxmind.geoip2.DatabaseReader;
import com.maxmind.geoip2.exception.GeoIp2Exception;
import com.maxmind.geoip2.model.AsnResponse;
import com.maxmind.geoip2.model.CityResponse;
import com.maxmind.geoip2.model.CountryResponse;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Databases in MaxMind's format by path: ASN, City and Country of any vendor that keeps their
 * layout. What a database is tells its own metadata, not its name. Thread-safe.
 */
public final class GeoDatabases implements Geography, Closeable {
  private final List<DatabaseReader> asn = new ArrayList<>();
  private final List<DatabaseReader> city = new ArrayList<>();
  private final List<DatabaseReader> country = new ArrayList<>();

  private GeoDatabases() {}

  /**
   * Opens databases; the first that knows an address wins.
   *
   * @throws IOException when one cannot be read, or is of another kind
   */
  public static GeoDatabases open(List<Path> files) throws IOException {
    GeoDatabases databases = new GeoDatabases();
    try {
      for (Path file : files) {
        databases.add(file);
      }
      return databases;
    } catch (IOException | RuntimeException e) {
      databases.close();
      throw e;
    }
  }

  private void add(Path file) throws IOException {
    DatabaseReader reader;
    try {
      reader = new DatabaseReader.Builder(file.toFile()).withCache(new CHMCache()).build();
    } catch (IOException e) {
      throw new IOException(file + " cannot be read as a MaxMind database: " + e.getMessage(), e);
    }
    String type = reader.metadata().databaseType();
    if (type.contains("ASN") || type.contains("ISP")) {
      asn.add(reader);
    } else if (type.contains("City") || type.contains("Enterprise")) {
      city.add(reader);
    } else if (type.contains("Country")) {
      country.add(reader);
    } else {
      reader.close();
      throw new IOException(
          file + " is a database of type " + type + "; ASN, City or Country is wanted");
    }
  }

  @Override
  public Place lookup(int ipVersion, long high, long low) {
    InetAddress address = address(ipVersion, high, low);
    try {
      AsnResponse system = asnOf(address);
      CityResponse place = cityOf(address);
      CountryResponse nation = place == null ? countryOf(address) : null;
      return system == null && place == null && nation == null
          ? null
          : place(system, place, nation);
    } catch (IOException | GeoIp2Exception e) {
      return null;
    }
  }

  private AsnResponse asnOf(InetAddress address) throws IOException, GeoIp2Exception {
    for (DatabaseReader reader : asn) {
      Optional<AsnResponse> found = reader.tryAsn(address);
      if (found.isPresent()) {
        return found.get();
      }
    }
    return null;
  }

  private CityResponse cityOf(InetAddress address) throws IOException, GeoIp2Exception {
    for (DatabaseReader reader : city) {
      Optional<CityResponse> found = reader.tryCity(address);
      if (found.isPresent()) {
        return found.get();
      }
    }
    return null;
  }

  private CountryResponse countryOf(InetAddress address) throws IOException, GeoIp2Exception {
    for (DatabaseReader reader : country) {
      Optional<CountryResponse> found = reader.tryCountry(address);
      if (found.isPresent()) {
        return found.get();
      }
    }
    return null;
  }

  private static Place place(AsnResponse system, CityResponse city, CountryResponse nation) {
    Long number = system == null ? null : system.autonomousSystemNumber();
    com.maxmind.geoip2.record.Country country =
        city != null ? city.country() : nation != null ? nation.country() : null;
    Double latitude = city == null ? null : city.location().latitude();
    Double longitude = city == null ? null : city.location().longitude();
    return new Place(
        number == null ? 0 : number,
        system == null ? null : system.autonomousSystemOrganization(),
        country == null ? null : country.isoCode(),
        country == null ? null : country.name(),
        city == null ? null : city.mostSpecificSubdivision().name(),
        city == null ? null : city.city().name(),
        latitude == null ? Double.NaN : latitude,
        longitude == null ? Double.NaN : longitude);
  }

  private static InetAddress address(int ipVersion, long high, long low) {
    int length = ipVersion == 4 ? 4 : 16;
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      long half = i < length - 8 ? high : low;
      bytes[i] = (byte) (half >>> (8 * ((length - 1 - i) & 7)));
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  @Override
  public void close() throws IOException {
    for (List<DatabaseReader> readers : List.of(asn, city, country)) {
      for (DatabaseReader reader : readers) {
        reader.close();
      }
    }
  }
}
