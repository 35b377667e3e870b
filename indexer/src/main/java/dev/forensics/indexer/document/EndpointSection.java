package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.GEO_POINT;
import static dev.forensics.indexer.document.FieldType.IP;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.enrich.Place;
import dev.forensics.indexer.enrich.Registration;
import dev.forensics.indexer.flow.Flow;
import java.util.ArrayList;
import java.util.List;

/** "source", "destination", "client" and "server" of flows and alarms. */
final class EndpointSection {
  static final List<Field> FIELDS = fields();

  private static final SerializableString SOURCE = JsonWriter.name("source");
  private static final SerializableString DESTINATION = JsonWriter.name("destination");
  private static final SerializableString CLIENT = JsonWriter.name("client");
  private static final SerializableString SERVER = JsonWriter.name("server");
  private static final SerializableString ADDRESS = JsonWriter.name("ip");
  private static final SerializableString PORT = JsonWriter.name("port");
  private static final SerializableString MAC = JsonWriter.name("mac");
  private static final SerializableString BYTES = JsonWriter.name("bytes");
  private static final SerializableString PACKETS = JsonWriter.name("packets");
  private static final SerializableString DOMAIN = JsonWriter.name("domain");
  private static final SerializableString AS = JsonWriter.name("as");
  private static final SerializableString NUMBER = JsonWriter.name("number");
  private static final SerializableString ORGANIZATION = JsonWriter.name("organization");
  private static final SerializableString NAME = JsonWriter.name("name");
  private static final SerializableString GEO = JsonWriter.name("geo");
  private static final SerializableString COUNTRY_ISO_CODE = JsonWriter.name("country_iso_code");
  private static final SerializableString COUNTRY_NAME = JsonWriter.name("country_name");
  private static final SerializableString REGION_NAME = JsonWriter.name("region_name");
  private static final SerializableString CITY_NAME = JsonWriter.name("city_name");
  private static final SerializableString LOCATION = JsonWriter.name("location");
  private static final SerializableString LATITUDE = JsonWriter.name("lat");
  private static final SerializableString LONGITUDE = JsonWriter.name("lon");

  private EndpointSection() {}

  static void write(Flow flow, Endpoint source, Endpoint destination, JsonWriter json) {
    boolean ports = Transports.hasPorts(flow.protocol);
    write(SOURCE, source, ports, json);
    write(DESTINATION, destination, ports, json);
    write(CLIENT, source, ports, json);
    write(SERVER, destination, ports, json);
  }

  private static void write(
      SerializableString name, Endpoint endpoint, boolean ports, JsonWriter json) {
    json.open(name);
    json.address(ADDRESS, endpoint.ipVersion, endpoint.high, endpoint.low);
    if (ports) {
      json.number(PORT, endpoint.port);
    }
    json.mac(MAC, endpoint.side.mac());
    json.number(BYTES, endpoint.side.bytes);
    json.number(PACKETS, endpoint.side.packets);
    json.text(DOMAIN, Masks.host(endpoint.domain));
    writeSystem(endpoint.registration, endpoint.place, json);
    if (endpoint.place != null) {
      writePlace(endpoint.place, json);
    }
    json.close();
  }

  /** The registered holder of the prefix comes before whoever announces it today. */
  private static void writeSystem(Registration registration, Place place, JsonWriter json) {
    long number = registration != null ? registration.asn() : 0;
    String organization = registration != null ? registration.organization() : null;
    if (registration == null && place != null) {
      number = place.asn();
      organization = place.asOrganization();
    }
    if (number == 0 && organization == null) {
      return;
    }
    json.open(AS);
    if (number != 0) {
      json.number(NUMBER, number);
    }
    if (organization != null) {
      json.open(ORGANIZATION);
      json.text(NAME, organization);
      json.close();
    }
    json.close();
  }

  private static void writePlace(Place place, JsonWriter json) {
    json.open(GEO);
    json.text(COUNTRY_ISO_CODE, place.countryIsoCode());
    json.text(COUNTRY_NAME, place.countryName());
    json.text(REGION_NAME, place.regionName());
    json.text(CITY_NAME, place.cityName());
    if (Double.isFinite(place.latitude()) && Double.isFinite(place.longitude())) {
      json.open(LOCATION);
      json.number(LATITUDE, place.latitude());
      json.number(LONGITUDE, place.longitude());
      json.close();
    }
    json.close();
  }

  private static List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    addSide(fields, "source", "the side that opened the flow", "192.0.2.10", "51514");
    addSide(fields, "destination", "the side that was called", "149.154.167.51", "443");
    addSide(fields, "client", "the client (as source)", "192.0.2.10", "51514");
    addSide(fields, "server", "the server (as destination)", "149.154.167.51", "443");
    return List.copyOf(fields);
  }

  private static void addSide(
      List<Field> fields, String root, String side, String address, String port) {
    fields.add(Field.ecs(root + ".ip", IP, "Address of " + side + ".", address));
    fields.add(
        Field.ecs(
            root + ".port",
            LONG,
            "Port of " + side + "; absent for protocols without ports.",
            port));
    fields.add(
        Field.ecs(
            root + ".mac",
            KEYWORD,
            "MAC address in the first packet of " + side + " that had one.",
            "00-00-5E-00-53-23"));
    fields.add(
        Field.ecs(root + ".bytes", LONG, "Bytes on the wire sent by " + side + ".", "1240")
            .unit("bytes"));
    fields.add(
        Field.ecs(root + ".packets", LONG, "Packets sent by " + side + ".", "7").unit("packets"));
    fields.add(
        Field.ecs(
            root + ".domain",
            KEYWORD,
            "Name of "
                + side
                + ", from the flow itself (SNI, Host), else of its address in the latest DNS"
                + " answer over UDP before the flow began, answers to the same client first.",
            "web.telegram.org"));
    addSystem(fields, root, side);
    addPlace(fields, root, side);
  }

  private static void addSystem(List<Field> fields, String root, String side) {
    fields.add(
        Field.ecs(
            root + ".as.number",
            LONG,
            "Autonomous system of " + side + ": of the registered prefix, else of the database.",
            "62041"));
    fields.add(
        Field.ecs(
            root + ".as.organization.name",
            KEYWORD,
            "Organization that holds the address of "
                + side
                + ": of the registered prefix, else of the database.",
            "Telegram"));
  }

  private static void addPlace(List<Field> fields, String root, String side) {
    String where = " of " + side + ", by the city database.";
    fields.add(Field.ecs(root + ".geo.country_iso_code", KEYWORD, "Country code" + where, "GB"));
    fields.add(Field.ecs(root + ".geo.country_name", KEYWORD, "Country" + where, "United Kingdom"));
    fields.add(Field.ecs(root + ".geo.region_name", KEYWORD, "Region" + where, "England"));
    fields.add(Field.ecs(root + ".geo.city_name", KEYWORD, "City" + where, "London"));
    fields.add(
        Field.ecs(
                root + ".geo.location",
                GEO_POINT,
                "Rough position" + where,
                "{\"lat\":51.5,\"lon\":-0.1}")
            .unit("degrees"));
  }
}
