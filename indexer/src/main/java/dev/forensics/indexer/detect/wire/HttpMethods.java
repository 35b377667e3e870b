package dev.forensics.indexer.detect.wire;

import java.util.Set;
import java.util.TreeSet;

/** Methods of HTTP and of protocols that speak like it (RTSP, SIP), known in either case. */
public final class HttpMethods {
  /** Those of HTTP, WebDAV and UPnP that have targets without a slash in what senders write. */
  private static final String[] OF_ANY_TARGET =
      """
      GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK
      UNLOCK SEARCH REPORT M-SEARCH NOTIFY SUBSCRIBE UNSUBSCRIBE
      """
          .strip()
          .split("\\s+");

  private static final String[] OTHERS =
      """
      PRI CHECKOUT CHECKIN MERGE MKCALENDAR MKACTIVITY BIND UNBIND REBIND LINK UNLINK LABEL UPDATE
      ACL ORDERPATCH UNCHECKOUT PURGE POLL BMOVE BCOPY BDELETE BPROPFIND BPROPPATCH TRACK DEBUG
      SOURCE MSEARCH BITS_POST CCM_POST SSTP_DUPLEX_POST RPC_IN_DATA RPC_OUT_DATA VIEW QUERY
      DESCRIBE ANNOUNCE SETUP PLAY PAUSE TEARDOWN GET_PARAMETER SET_PARAMETER REDIRECT RECORD
      REGISTER INVITE ACK BYE CANCEL
      """
          .strip()
          .split("\\s+");

  private static final Set<String> ALL = all();

  private HttpMethods() {}

  private static Set<String> all() {
    Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    all.addAll(Set.of(OF_ANY_TARGET));
    all.addAll(Set.of(OTHERS));
    return all;
  }

  /** True for the registered ones and those that are met: the word says nothing of its sender. */
  public static boolean isKnown(String method) {
    return ALL.contains(method);
  }

  /** True when these bytes are a method whose target needs no slash to be believed. */
  public static boolean isOfAnyTarget(byte[] buffer, int offset, int length) {
    for (String method : OF_ANY_TARGET) {
      if (method.length() == length && Octets.agrees(buffer, offset, length, method)) {
        return true;
      }
    }
    return false;
  }
}
