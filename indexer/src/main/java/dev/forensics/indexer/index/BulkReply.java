package dev.forensics.indexer.index;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the answer to a bulk request as a stream, and no deeper than needed: an answer that says
 * first that nothing failed is not read on.
 */
final class BulkReply {
  /** The parts of the answer that are asked for. */
  static final String FILTER =
      "errors,items.*.status,items.*.error.type,items.*.error.reason,"
          + "items.*.error.caused_by.reason";

  private static final JsonFactory FACTORY = new JsonFactory();

  private BulkReply() {}

  /** Takes the answer for one item; type and reason are empty when nothing went wrong. */
  @FunctionalInterface
  interface ItemTaker {
    /** Items come in the order of the request, counted from 0. */
    void take(int item, int status, String type, String reason) throws IOException;
  }

  /**
   * Reads an answer.
   *
   * @return true when every item succeeded; then none was handed over
   * @throws IOException when it breaks off, is not such an answer, or has another number of items
   */
  static boolean read(InputStream body, int items, ItemTaker taker) throws IOException {
    try (JsonParser json = FACTORY.createParser(body)) {
      require(json.nextToken() == JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        if ("errors".equals(field) && value == JsonToken.VALUE_FALSE) {
          return true;
        }
        if ("items".equals(field)) {
          readItems(json, items, taker);
          return false;
        }
        json.skipChildren();
      }
      throw new IOException("the answer to a bulk request has no items");
    }
  }

  private static void readItems(JsonParser json, int items, ItemTaker taker) throws IOException {
    require(json.currentToken() == JsonToken.START_ARRAY);
    int item = 0;
    while (json.nextToken() == JsonToken.START_OBJECT) {
      require(item < items && json.nextToken() == JsonToken.FIELD_NAME);
      require(json.nextToken() == JsonToken.START_OBJECT);
      readItem(json, item++, taker);
      require(json.nextToken() == JsonToken.END_OBJECT);
    }
    require(item == items);
  }

  private static void readItem(JsonParser json, int item, ItemTaker taker) throws IOException {
    int status = 0;
    ErrorText error = new ErrorText();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      if ("status".equals(field)) {
        status = json.getIntValue();
      } else if ("error".equals(field) && value == JsonToken.START_OBJECT) {
        error.read(json);
      } else {
        json.skipChildren();
      }
    }
    require(status > 0);
    taker.take(item, status, error.type, error.reason);
  }

  private static void require(boolean asExpected) throws IOException {
    if (!asExpected) {
      throw new IOException("the answer to a bulk request is not of the documented form");
    }
  }

  /** The type of an error and the reasons along its causes. */
  private static final class ErrorText {
    private String type = "";
    private String reason = "";

    void read(JsonParser json) throws IOException {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        if (value == JsonToken.START_OBJECT && "caused_by".equals(field)) {
          read(json);
        } else if (value == JsonToken.VALUE_STRING) {
          take(field, json.getText());
        } else {
          json.skipChildren();
        }
      }
    }

    private void take(String field, String text) {
      if ("type".equals(field) && type.isEmpty()) {
        type = text;
      } else if ("reason".equals(field)) {
        reason = reason.isEmpty() ? text : reason + ": " + text;
      }
    }
  }
}
