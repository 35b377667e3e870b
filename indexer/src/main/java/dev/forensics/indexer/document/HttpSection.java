package dev.forensics.indexer.document;

import com.fasterxml.jackson.core.SerializableString;
import dev.forensics.indexer.detect.CountedValues;
import dev.forensics.indexer.detect.http.HttpFacts;
import dev.forensics.indexer.detect.http.HttpRequest;
import dev.forensics.indexer.detect.http.HttpResponse;
import dev.forensics.indexer.detect.login.Redaction;
import dev.forensics.indexer.detect.mask.Masks;
import dev.forensics.indexer.document.json.JsonWriter;
import dev.forensics.indexer.flow.Direction;
import dev.forensics.indexer.flow.Flow;
import java.util.List;

/** "http", "url", "user_agent", and "http" of "forensics" with what all requests said. */
final class HttpSection implements FactsSection<HttpFacts> {
  /** How many body bytes are shown. */
  private static final int BODY_LIMIT = 128;

  private static final SerializableString HTTP = JsonWriter.name("http");
  private static final SerializableString VERSION = JsonWriter.name("version");
  private static final SerializableString REQUEST = JsonWriter.name("request");
  private static final SerializableString METHOD = JsonWriter.name("method");
  private static final SerializableString REFERRER = JsonWriter.name("referrer");
  private static final SerializableString BODY = JsonWriter.name("body");
  private static final SerializableString BYTES = JsonWriter.name("bytes");
  private static final SerializableString RESPONSE = JsonWriter.name("response");
  private static final SerializableString STATUS_CODE = JsonWriter.name("status_code");
  private static final SerializableString USER_AGENT = JsonWriter.name("user_agent");
  private static final SerializableString ORIGINAL = JsonWriter.name("original");
  private static final SerializableString URL = JsonWriter.name("url");
  private static final SerializableString FULL = JsonWriter.name("full");
  private static final SerializableString SCHEME = JsonWriter.name("scheme");
  private static final SerializableString DOMAIN = JsonWriter.name("domain");
  private static final SerializableString PATH = JsonWriter.name("path");
  private static final SerializableString QUERY = JsonWriter.name("query");
  private static final SerializableString PORT = JsonWriter.name("port");
  private static final SerializableString REQUESTS = JsonWriter.name("requests");
  private static final SerializableString RESPONSES = JsonWriter.name("responses");
  private static final SerializableString METHODS = JsonWriter.name("methods");
  private static final SerializableString PATHS = JsonWriter.name("paths");
  private static final SerializableString HOSTS = JsonWriter.name("hosts");
  private static final SerializableString STATUSES = JsonWriter.name("statuses");
  private static final SerializableString USER_AGENTS = JsonWriter.name("user_agents");
  private static final SerializableString COUNTS = JsonWriter.name("counts");
  private static final SerializableString OTHERS = JsonWriter.name("others");
  private static final SerializableString HEADER_NAMES = JsonWriter.name("header_names");
  private static final SerializableString REQUEST_TYPE = JsonWriter.name("request_content_type");
  private static final SerializableString RESPONSE_TYPE = JsonWriter.name("response_content_type");
  private static final SerializableString SERVER = JsonWriter.name("server");
  private static final SerializableString DELAY = JsonWriter.name("response_delay");
  private static final SerializableString RESYNCS = JsonWriter.name("resyncs");
  private static final SerializableString COOKIE_SENT = JsonWriter.name("cookie_sent");
  private static final SerializableString COOKIE_SET = JsonWriter.name("cookie_set");
  private static final SerializableString AUTH_SCHEME = JsonWriter.name("authorization_scheme");
  private static final SerializableString AUTH_USER = JsonWriter.name("authorization_user");
  private static final SerializableString REQUEST_BODY = JsonWriter.name("request_body");
  private static final SerializableString RESPONSE_BODY = JsonWriter.name("response_body");
  private static final SerializableString COOKIES = JsonWriter.name("cookie_names");
  private static final SerializableString UPGRADE = JsonWriter.name("upgrade");
  private static final SerializableString UPGRADED = JsonWriter.name("upgraded");
  private static final SerializableString CONNECT_TARGET = JsonWriter.name("connect_target");
  private static final SerializableString REJECTED_BY = JsonWriter.name("rejected_by");

  @Override
  public Class<HttpFacts> facts() {
    return HttpFacts.class;
  }

  @Override
  public List<Field> fields() {
    return HttpFields.all();
  }

  @Override
  public void writeRoot(HttpFacts facts, Flow flow, JsonWriter json) {
    HttpRequest request = facts.firstRequest();
    HttpResponse response = facts.firstResponse();
    if (request != null || response != null) {
      writeMessages(facts, request, response, json);
    }
    if (request != null) {
      writeUrl(request, flow, facts, json);
      writeUserAgent(request, json);
    }
  }

  @Override
  public void writeForensics(HttpFacts facts, Flow flow, PayloadSettings payload, JsonWriter json) {
    Shown shown = new Shown(facts);
    json.open(HTTP);
    json.number(REQUESTS, facts.requestCount);
    json.number(RESPONSES, facts.responseCount);
    json.texts(METHODS, shown.methods.values());
    json.texts(PATHS, shown.paths.values());
    json.texts(HOSTS, shown.hosts.values());
    writeStatuses(facts.statuses, json);
    json.texts(USER_AGENTS, shown.userAgents.values());
    writeCounts(facts, shown, json);
    HttpMessages.write(facts, json);
    writeHeads(facts, json);
    writeExposure(facts, payload, json);
    writeTunnel(facts, json);
    json.text(REJECTED_BY, facts.rejectedBy);
    json.close();
  }

  @Override
  public void names(HttpFacts facts, HostNames names) {
    HttpRequest request = facts.firstRequest();
    if (request != null && HttpUrl.isForProxy(request)) {
      names.enterProxy();
      names.related(HttpUrl.domain(request));
    }
    for (int i = 0; i < facts.hosts.values().size(); i++) {
      names.ofDestination(HttpUrl.host(facts.hosts.values().get(i)));
    }
    names.user(facts.authorizationUser);
  }

  private static void writeMessages(
      HttpFacts facts, HttpRequest request, HttpResponse response, JsonWriter json) {
    json.open(HTTP);
    json.text(VERSION, version(request, response));
    if (request != null) {
      writeRequest(facts, request, json);
    }
    if (response != null) {
      writeResponse(facts, response, json);
    }
    json.close();
  }

  private static String version(HttpRequest request, HttpResponse response) {
    if (request != null) {
      return request.version();
    }
    return response == null ? null : response.version();
  }

  private static void writeRequest(HttpFacts facts, HttpRequest request, JsonWriter json) {
    json.open(REQUEST);
    json.text(METHOD, Masks.method(request.method()));
    json.text(REFERRER, Masks.url(request.referrer()));
    writeBody(facts.requestBodyBytes, json);
    json.close();
  }

  private static void writeResponse(HttpFacts facts, HttpResponse response, JsonWriter json) {
    json.open(RESPONSE);
    json.number(STATUS_CODE, response.status());
    writeBody(facts.responseBodyBytes, json);
    json.close();
  }

  private static void writeBody(long bytes, JsonWriter json) {
    json.open(BODY);
    json.number(BYTES, bytes);
    json.close();
  }

  private static void writeUrl(HttpRequest request, Flow flow, HttpFacts facts, JsonWriter json) {
    Direction client = facts.client == null ? flow.opener : facts.client;
    json.open(URL);
    json.longText(ORIGINAL, Masks.url(request.target()));
    json.longText(FULL, HttpUrl.full(request, flow, client, facts.target));
    json.constant(SCHEME, HTTP);
    json.text(DOMAIN, HttpUrl.domain(request));
    json.text(PATH, Masks.path(request.path()));
    json.text(QUERY, Masks.query(request.query()));
    json.number(PORT, HttpUrl.port(flow, client, facts.target));
    json.close();
  }

  private static void writeUserAgent(HttpRequest request, JsonWriter json) {
    if (request.userAgent() != null && !request.userAgent().isEmpty()) {
      json.open(USER_AGENT);
      json.text(ORIGINAL, Masks.text(request.userAgent()));
      json.close();
    }
  }

  private static void writeStatuses(CountedValues statuses, JsonWriter json) {
    if (statuses.isEmpty()) {
      return;
    }
    json.openList(STATUSES);
    for (int i = 0; i < statuses.values().size(); i++) {
      json.number(Integer.parseInt(statuses.values().get(i)));
    }
    json.closeList();
  }

  private static void writeCounts(HttpFacts facts, Shown shown, JsonWriter json) {
    json.open(COUNTS);
    writeCounts(METHODS, shown.methods, json);
    writeCounts(PATHS, shown.paths, json);
    writeCounts(HOSTS, shown.hosts, json);
    writeCounts(STATUSES, facts.statuses, json);
    writeCounts(USER_AGENTS, shown.userAgents, json);
    long others =
        facts.methods.others()
            + facts.paths.others()
            + facts.hosts.others()
            + facts.statuses.others()
            + facts.userAgents.others();
    if (others > 0) {
      json.number(OTHERS, others);
    }
    json.close();
  }

  private static void writeCounts(SerializableString name, CountedValues values, JsonWriter json) {
    if (values.isEmpty()) {
      return;
    }
    json.openList(name);
    for (int i = 0; i < values.values().size(); i++) {
      json.number(values.count(i));
    }
    json.closeList();
  }

  private static void writeHeads(HttpFacts facts, JsonWriter json) {
    HttpRequest request = facts.firstRequest();
    if (request != null) {
      if (!request.headerNames().isEmpty()) {
        json.text(HEADER_NAMES, String.join(",", Masks.names(request.headerNames())));
      }
      json.text(REQUEST_TYPE, Masks.mediaType(request.contentType()));
    }
    HttpResponse response = facts.firstResponse();
    if (response != null) {
      json.text(RESPONSE_TYPE, Masks.mediaType(response.contentType()));
      json.text(SERVER, Masks.text(response.server()));
    }
    if (facts.firstRequestNanos != 0 && facts.firstResponseNanos != 0) {
      json.number(DELAY, facts.firstResponseNanos - facts.firstRequestNanos);
    }
    json.number(RESYNCS, facts.resyncs);
  }

  private static void writeExposure(HttpFacts facts, PayloadSettings payload, JsonWriter json) {
    json.flag(COOKIE_SENT, facts.cookieSent);
    json.flag(COOKIE_SET, facts.cookieSet);
    json.texts(COOKIES, facts.cookieNames.stream().map(Masks::name).toList());
    json.text(AUTH_SCHEME, Masks.scheme(facts.authorizationScheme));
    json.text(AUTH_USER, Masks.user(facts.authorizationUser));
    writeBytes(REQUEST_BODY, facts.requestBody, payload, json);
    writeBytes(RESPONSE_BODY, facts.responseBody, payload, json);
  }

  private static void writeBytes(
      SerializableString name, byte[] bytes, PayloadSettings payload, JsonWriter json) {
    if (bytes != null) {
      json.open(name);
      WireBytes.write(bytes, null, BODY_LIMIT, payload, json);
      if (payload.full()) {
        WireBytes.writeFull(Redaction.body(bytes), BODY_LIMIT, json);
      }
      json.close();
    }
  }

  /** Values of all requests as they are shown, with their counts. */
  private static final class Shown {
    final CountedValues methods;
    final CountedValues paths;
    final CountedValues hosts;
    final CountedValues userAgents;

    Shown(HttpFacts facts) {
      methods = facts.methods.map(Masks::method);
      paths = facts.paths.map(Masks::path);
      hosts = facts.hosts.map(Masks::authority);
      userAgents = facts.userAgents.map(Masks::text);
    }
  }

  private static void writeTunnel(HttpFacts facts, JsonWriter json) {
    if (facts.upgrade != null) {
      json.text(UPGRADE, Masks.upgrade(facts.upgrade));
      json.flag(UPGRADED, facts.upgraded);
    }
    json.text(CONNECT_TARGET, Masks.url(facts.connectTarget));
  }
}
