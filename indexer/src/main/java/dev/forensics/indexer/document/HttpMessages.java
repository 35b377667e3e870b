package dev.forensics.indexer.document;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.http.HttpFacts;
import dev.forensics.indexer.detect.http.HttpRequest;
import dev.forensics.indexer.detect.http.HttpResponse;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.document.json.JsonWriter;

/** "messages" of "forensics.http": the single requests and responses of a longer connection. */
final class HttpMessages {
  private static final SerializableString MESSAGES = JsonWriter.name("messages");
  private static final SerializableString REQUESTS = JsonWriter.name("requests");
  private static final SerializableString RESPONSES = JsonWriter.name("responses");
  private static final SerializableString TIME = JsonWriter.name("time");
  private static final SerializableString METHOD = JsonWriter.name("method");
  private static final SerializableString TARGET = JsonWriter.name("target");
  private static final SerializableString HOST = JsonWriter.name("host");
  private static final SerializableString STATUS = JsonWriter.name("status");
  private static final SerializableString CONTENT_LENGTH = JsonWriter.name("content_length");
  private static final SerializableString CONTENT_TYPE = JsonWriter.name("content_type");

  private HttpMessages() {}

  /** Writes nothing for a connection with one request: its fields say it all. */
  static void write(HttpFacts facts, JsonWriter json) {
    if (facts.requests.size() < 2 && facts.responses.size() < 2) {
      return;
    }
    json.open(MESSAGES);
    json.openList(REQUESTS);
    for (int i = 0; i < facts.requests.size(); i++) {
      write(facts.requests.get(i), json);
    }
    json.closeList();
    json.openList(RESPONSES);
    for (int i = 0; i < facts.responses.size(); i++) {
      write(facts.responses.get(i), json);
    }
    json.closeList();
    json.close();
  }

  private static void write(HttpRequest request, JsonWriter json) {
    json.open();
    json.time(TIME, request.timestampNanos());
    json.text(METHOD, Masks.method(request.method()));
    json.text(TARGET, Masks.url(request.target()));
    json.text(HOST, Masks.authority(request.host()));
    writeContent(request.contentLength(), request.contentType(), json);
    json.close();
  }

  private static void write(HttpResponse response, JsonWriter json) {
    json.open();
    json.time(TIME, response.timestampNanos());
    json.number(STATUS, response.status());
    writeContent(response.contentLength(), response.contentType(), json);
    json.close();
  }

  private static void writeContent(long length, String type, JsonWriter json) {
    if (length >= 0) {
      json.number(CONTENT_LENGTH, length);
    }
    json.text(CONTENT_TYPE, Masks.mediaType(type));
  }
}
