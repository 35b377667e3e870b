package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.detect.mqtt.MqttFacts;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** "mqtt" of "forensics". */
final class MqttSection implements FactsSection<MqttFacts> {
  private static final SerializableString MQTT = JsonWriter.name("mqtt");
  private static final SerializableString VERSION = JsonWriter.name("version");
  private static final SerializableString CLIENT_ID = JsonWriter.name("client_id");
  private static final SerializableString USER = JsonWriter.name("user");
  private static final SerializableString RETURN_CODE = JsonWriter.name("return_code");

  @Override
  public Class<MqttFacts> facts() {
    return MqttFacts.class;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        own("version", KEYWORD, "Version of the CONNECT.", "3.1.1"),
        own("client_id", KEYWORD, "Client identifier.", "sensor-17"),
        own("user", KEYWORD, "User name.", "alice"),
        own("return_code", LONG, "Return or reason code of the CONNACK, 0 accepted.", "0"));
  }

  @Override
  public void writeForensics(MqttFacts facts, Flow flow, JsonWriter json) {
    json.open(MQTT);
    json.text(VERSION, facts.version);
    json.text(CLIENT_ID, Masks.label(facts.clientId));
    json.text(USER, Masks.user(facts.user));
    if (facts.returnCode >= 0) {
      json.number(RETURN_CODE, facts.returnCode);
    }
    json.close();
  }

  @Override
  public void names(MqttFacts facts, HostNames names) {
    names.user(facts.user);
  }

  private static Field own(String name, FieldType type, String meaning, String example) {
    return Field.own("forensics.mqtt." + name, type, meaning, example);
  }
}
