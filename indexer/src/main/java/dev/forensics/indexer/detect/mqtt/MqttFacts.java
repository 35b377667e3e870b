package dev.forensics.indexer.detect.mqtt;

/** What an MQTT connection said when it was opened. */
public final class MqttFacts {
  /** "3.1", "3.1.1" or "5"; null when no CONNECT was seen. */
  public String version;

  /** Client identifier, at most 128 bytes; null when not seen. */
  public String clientId;

  /** User name, at most 128 bytes; null when none was sent. */
  public String user;

  /** Return or reason code of CONNACK, 0 accepted; -1 when not seen. */
  public int returnCode = -1;
}
