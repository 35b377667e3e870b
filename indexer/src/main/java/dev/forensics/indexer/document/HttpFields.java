package dev.forensics.indexer.document;

import static dev.forensics.indexer.document.FieldType.BOOLEAN;
import static dev.forensics.indexer.document.FieldType.KEYWORD;
import static dev.forensics.indexer.document.FieldType.LONG;
import static dev.forensics.indexer.document.FieldType.UNINDEXED;

import java.util.ArrayList;
import java.util.List;

/** The fields of {@link HttpSection}. */
final class HttpFields {
  private HttpFields() {}

  static List<Field> all() {
    List<Field> fields = new ArrayList<>();
    fields.addAll(message());
    fields.addAll(url());
    fields.addAll(connection());
    fields.addAll(exposure());
    fields.addAll(
        WireBytes.fields(
            "forensics.http.request_body",
            "first body bytes (at most 128) of the first request with a body"));
    fields.addAll(
        WireBytes.fields(
            "forensics.http.response_body",
            "first body bytes (at most 128) of the first response with a body"));
    return List.copyOf(fields);
  }

  private static List<Field> message() {
    return List.of(
        Field.ecs("http.version", KEYWORD, "HTTP version of the first message.", "1.1"),
        Field.ecs("http.request.method", KEYWORD, "Method of the first request, as sent.", "POST"),
        Field.ecs(
            "http.request.referrer",
            KEYWORD,
            "Referer field of the first request.",
            "http://example.org/"),
        Field.ecs(
                "http.request.body.bytes",
                LONG,
                "Body bytes of all requests of the connection.",
                "40")
            .unit("bytes"),
        Field.ecs("http.response.status_code", LONG, "Status of the first final response.", "200"),
        Field.ecs(
                "http.response.body.bytes",
                LONG,
                "Body bytes of all responses of the connection.",
                "84")
            .unit("bytes"),
        Field.ecs(
            "user_agent.original",
            KEYWORD,
            "User-Agent field of the first request, tokens in it as their length.",
            "curl/8.5.0"));
  }

  private static List<Field> url() {
    return List.of(
        Field.ecs(
            "url.original",
            KEYWORD,
            "Target of the first request with secrets masked, up to 4,096 characters; past 1,024 it is kept but"
                + " not searched.",
            "/api"),
        Field.ecs(
            "url.full",
            KEYWORD,
            "URL of the first request with the port that was really called, up to 4,096 characters;"
                + " the server's address where the request names no host.",
            "http://149.154.167.51:443/api"),
        Field.ecs("url.scheme", KEYWORD, "Always http: it was read in plaintext.", "http"),
        Field.ecs(
            "url.domain",
            KEYWORD,
            "Host that the first request names; behind a proxy not the destination.",
            "example.org"),
        Field.ecs(
            "url.path",
            KEYWORD,
            "Path of the first request, segments that may be tokens as their length.",
            "/api"),
        Field.ecs(
            "url.query",
            KEYWORD,
            "Query of the first request: names of parameters, values as their length.",
            "id=1"),
        Field.ecs("url.port", LONG, "Port that was called.", "443"));
  }

  private static List<Field> connection() {
    return List.of(
        Field.own("forensics.http.requests", LONG, "Requests of the connection.", "3"),
        Field.own("forensics.http.responses", LONG, "Final responses of the connection.", "3"),
        values("methods", KEYWORD, "methods", "POST"),
        values("paths", KEYWORD, "paths without query", "/api"),
        values("hosts", KEYWORD, "Host fields, an empty one as \"\"", "example.org"),
        values("statuses", LONG, "status codes", "200"),
        values("user_agents", KEYWORD, "User-Agent fields", "curl/8.5.0"),
        Field.own(
            "forensics.http.counts",
            UNINDEXED,
            "How often each of these values was seen, in the same order; others: further values"
                + " that are not listed.",
            "{\"methods\":[3],\"paths\":[2,1]}"),
        Field.own(
            "forensics.http.messages",
            UNINDEXED,
            "First requests and responses of a connection with several, at most 32 each, with"
                + " packet times.",
            "{\"requests\":[{\"method\":\"GET\",\"target\":\"/\"}]}"),
        Field.own(
            "forensics.http.header_names",
            KEYWORD,
            "Field names of the first request in lower case and in the order sent, joined by"
                + " commas: tells clients apart.",
            "host,connection,content-length"),
        Field.own(
            "forensics.http.request_content_type",
            KEYWORD,
            "Content-Type field of the first request.",
            "application/x-www-form-urlencoded"),
        Field.own(
            "forensics.http.response_content_type",
            KEYWORD,
            "Content-Type field of the first final response.",
            "text/html"),
        Field.own(
            "forensics.http.server", KEYWORD, "Server field of the first final response.", "nginx"),
        Field.own(
                "forensics.http.response_delay",
                LONG,
                "Packet time from the first request's head to the first final response's.",
                "43000000")
            .unit("ns"),
        Field.own(
                "forensics.http.resyncs",
                LONG,
                "Times that the next message had to be searched after a gap or garbage.",
                "0")
            .unit("times"));
  }

  private static List<Field> exposure() {
    return List.of(
        Field.own("forensics.http.cookie_sent", BOOLEAN, "The client sent a Cookie.", "false"),
        Field.own("forensics.http.cookie_set", BOOLEAN, "The server set a cookie.", "false"),
        Field.own(
                "forensics.http.cookie_names",
                KEYWORD,
                "Names of the cookies that were sent or set, at most 32; never their values.",
                "session_id")
            .many(),
        Field.own(
            "forensics.http.authorization_scheme",
            KEYWORD,
            "Scheme of the credentials that were sent, lower case; never the credentials.",
            "basic"),
        Field.own(
            "forensics.http.authorization_user",
            KEYWORD,
            "User name of Basic or Digest credentials.",
            "alice"),
        Field.own(
            "forensics.http.upgrade",
            KEYWORD,
            "Protocol of an Upgrade that was asked for, lower case.",
            "websocket"),
        Field.own(
            "forensics.http.upgraded", BOOLEAN, "The server switched protocols (101).", "true"),
        Field.own(
            "forensics.http.connect_target", KEYWORD, "Target of a CONNECT.", "example.org:443"),
        Field.own(
            "forensics.http.rejected_by",
            KEYWORD,
            "Kind of server whose answer says that it takes no plaintext on this port.",
            "nginx"));
  }

  private static Field values(String name, FieldType type, String what, String example) {
    String meaning = "Distinct " + what + " of all requests of the connection, at most 32.";
    return Field.own("forensics.http." + name, type, meaning, example).many();
  }
}
