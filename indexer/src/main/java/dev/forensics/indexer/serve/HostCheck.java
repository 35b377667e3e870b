package dev.forensics.indexer.serve;

import java.net.URI;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Refuses requests under foreign names: on loopback no token is asked for, and a web page whose
 * name was made to point at 127.0.0.1 (DNS rebinding) must not read packets through the analyst's
 * browser.
 */
final class HostCheck {
  private final String bound;
  private final String published;

  HostCheck(HttpSettings settings) {
    bound = settings.bind().getHostString().toLowerCase(Locale.ROOT);
    published = settings.publicUrl() == null ? "" : host(settings.publicUrl());
  }

  boolean allows(Request request) {
    String header = request.getHeaders().get(HttpHeader.HOST);
    if (header == null) {
      return false;
    }
    String host = host("http://" + header);
    return isAddress(host)
        || host.equals("localhost")
        || host.equals(bound)
        || (!host.isEmpty() && host.equals(published));
  }

  private static boolean isAddress(String host) {
    return host.matches("[0-9.]+") || host.startsWith("[");
  }

  private static String host(String url) {
    try {
      String host = URI.create(url).getHost();
      return host == null ? "" : host.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
