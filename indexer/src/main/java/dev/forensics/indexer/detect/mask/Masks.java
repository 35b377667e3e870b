package dev.forensics.indexer.detect.mask;

import dev.forensics.indexer.detect.wire.HttpMethods;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The door of the masks. Every text of the wire goes through one of these on its way to a person:
 * into a document, a sentence, a log line. What is known to be harmless stays; everything else
 * becomes its length in angle brackets, {@code <43>}. Null stays null, an empty text empty.
 *
 * <p>Masking is not reversed by anybody: whoever is entitled to the secret has the packets.
 */
public final class Masks {
  private static final Set<String> SCHEMES =
      Set.of(
          "basic",
          "bearer",
          "digest",
          "negotiate",
          "ntlm",
          "kerberos",
          "hoba",
          "mutual",
          "oauth",
          "vapid",
          "dpop",
          "gnap",
          "privatetoken",
          "concealed",
          "scram-sha-1",
          "scram-sha-256",
          "aws4-hmac-sha256",
          "aws",
          "apikey",
          "token",
          "hawk",
          "hmac",
          "jwt",
          "passport1.4",
          "wsse",
          "sharedkey",
          "sharedkeylite",
          "sharedaccesssignature",
          "key",
          "gssapi",
          "googlelogin",
          "splunk");

  private static final Set<String> SASL =
      Set.of(
          "PLAIN",
          "LOGIN",
          "CRAM-MD5",
          "DIGEST-MD5",
          "NTLM",
          "GSSAPI",
          "GSS-SPNEGO",
          "EXTERNAL",
          "ANONYMOUS",
          "XOAUTH",
          "XOAUTH2",
          "OAUTHBEARER",
          "OAUTH10A",
          "SCRAM-SHA-1",
          "SCRAM-SHA-1-PLUS",
          "SCRAM-SHA-256",
          "SCRAM-SHA-256-PLUS",
          "SCRAM-SHA-512",
          "KERBEROS_V4",
          "KERBEROS_V5",
          "SKEY",
          "OTP",
          "SRP",
          "SECURID",
          "APOP",
          "MSN",
          "RPA");

  private static final Set<String> UPGRADES =
      Set.of(
          "websocket",
          "h2c",
          "h2",
          "http/2.0",
          "http/1.1",
          "tls/1.0",
          "tls/1.1",
          "tls/1.2",
          "tls/1.3",
          "irc/6.9",
          "rtp",
          "spdy/3",
          "spdy/3.1",
          "tcp",
          "connect-ip",
          "connect-udp",
          "derp",
          "ssh",
          "webtransport",
          "mptcp",
          "telnet");

  /** Protocols of ALPN (RFC 7301): the registered ones, and drafts of theirs. */
  private static final Set<String> ALPN =
      WordList.of(
          """
          http/0.9 http/1.0 http/1.1 h2 h2c h3 spdy/1 spdy/2 spdy/3 spdy/3.1 stun.turn
          stun.nat-discovery webrtc c-webrtc ftp imap pop3 managesieve coap co xmpp-client
          xmpp-server acme-tls/1 mqtt dot ntske/1 sunrpc irc smb nntp nnsp doq sip/2 tds/8.0 dicom
          postgresql radius/1.0 radius/1.1 netperfmeter/control gemini hq hq-interop doq-i00
          apns-security-v3 apns-pack-v1 ossh openvpn grpc-exp wq-vvv-01 moq-00 webtransport amqp
          kafka mysql redis smtp dns ssh rdp
          """);

  private static final String ALPN_DRAFT = "(h3|hq|doq|dot|moq)-([a-z]{1,3}|[QT])?[0-9]{2,3}";

  private static final Pattern DNS_VERSION =
      Pattern.compile("v=(spf1|DKIM1|DMARC1|BIMI1|STSv1|TLSRPTv1)(?=[ ;]|$)");

  private static final int MASK_DIGITS = 6;

  /** Of a peer's id what says its client. */
  private static final int PEER = 8;

  private Masks() {}

  /** The mask of a text that is not shown. */
  public static String hidden(String text) {
    return isMask(text) ? text : "<" + text.length() + ">";
  }

  /** True for what {@link #hidden} gives: a text that comes by twice is masked once. */
  static boolean isMask(String text) {
    int end = text.length() - 1;
    return end >= 2
        && text.charAt(0) == '<'
        && text.charAt(end) == '>'
        && Words.isNumber(text.substring(1, end), MASK_DIGITS);
  }

  private static boolean isMissing(String text) {
    return text == null || text.isEmpty();
  }

  /** Free text, such as a greeting or a User-Agent: words, versions and small numbers stay. */
  public static String text(String text) {
    return isMissing(text) ? text : FreeText.mask(text, false);
  }

  /**
   * A text in DNS (RFC 1464): it is data, so only the name of a value stays, and what the records
   * of mail and keys begin with.
   */
  public static String dnsText(String text) {
    int equal = isMissing(text) ? -1 : text.indexOf('=');
    if (equal <= 0 || !Names.isName(text.substring(0, equal))) {
      return isMissing(text) ? text : hidden(text);
    }
    Matcher version = DNS_VERSION.matcher(text);
    int end = version.lookingAt() ? version.end() : equal + 1;
    return text.substring(0, end) + (end == text.length() ? "" : hidden(text.substring(end)));
  }

  /** Free text where versions of software are expected, such as in SSH's greeting. */
  public static String software(String text) {
    return isMissing(text) ? text : FreeText.mask(text, true);
  }

  /** A request target or a URL. */
  public static String url(String text) {
    return isMissing(text) ? text : Urls.target(text);
  }

  /** A path without a query, or the name of a file. */
  public static String path(String text) {
    return isMissing(text) ? text : Paths.mask(text);
  }

  /** A query without its question mark. */
  public static String query(String text) {
    return isMissing(text) ? text : Queries.mask(text);
  }

  /** A host, with a user and a port or without, as in Host. */
  public static String authority(String text) {
    return isMissing(text) ? text : Hosts.authority(text);
  }

  /** A host name or an address. */
  public static String host(String text) {
    return isMissing(text) ? text : Hosts.host(text);
  }

  /** The user name of a login, or a sender's address; what looks like a token is masked. */
  public static String user(String text) {
    return isMissing(text) ? text : Users.mask(text);
  }

  /** What a client calls itself where no login tells who it is. */
  public static String label(String text) {
    return isMissing(text) ? text : Users.label(text);
  }

  /**
   * A name that may be a password at the wrong prompt, since its login came to nothing: only
   * accounts of systems stay.
   */
  public static String refusedUser(String text) {
    return isMissing(text) || Users.isAccount(text) ? text : hidden(text);
  }

  /** A user name without a password beside it, which may be a token itself: only a word stays. */
  public static String bareUser(String text) {
    return isMissing(text) || Words.isPlain(text) ? text : hidden(text);
  }

  /** The name of a field, a parameter or a cookie. */
  public static String name(String text) {
    return isMissing(text) || Names.isName(text) ? text : hidden(text);
  }

  /** Names, in their order. */
  public static List<String> names(List<String> names) {
    return names.stream().map(Masks::name).toList();
  }

  /** A method of HTTP: the registered ones and those that are met. */
  public static String method(String text) {
    return isMissing(text) || HttpMethods.isKnown(text) ? text : hidden(text);
  }

  /** A scheme of HTTP's Authorization, lower case. */
  public static String scheme(String text) {
    return isMissing(text) || SCHEMES.contains(text) ? text : hidden(text);
  }

  /** A mechanism of SASL, upper case, alone or behind a word of ours ("AUTH PLAIN"). */
  public static String mechanism(String text) {
    return isMissing(text) || SASL.contains(text) ? text : hidden(text);
  }

  /** The protocol of an Upgrade, lower case. */
  public static String upgrade(String text) {
    return isMissing(text) || UPGRADES.contains(text) ? text : hidden(text);
  }

  /** A protocol of ALPN: the registered ones. */
  public static String alpn(String text) {
    boolean shown = isMissing(text) || ALPN.contains(text) || text.matches(ALPN_DRAFT);
    return shown ? text : hidden(text);
  }

  /** Protocols of ALPN, in their order; null stays null. */
  public static List<String> alpn(List<String> texts) {
    return texts == null ? null : texts.stream().map(Masks::alpn).toList();
  }

  /** A media type with its parameters, of which the values are masked but for the character set. */
  public static String mediaType(String text) {
    return isMissing(text) ? text : MediaTypes.mask(text);
  }

  /** A distinguished name, as in a certificate: CN=example.org,O=Example. */
  public static String distinguishedName(String text) {
    return isMissing(text) ? text : DistinguishedNames.mask(text);
  }

  /** A name in a certificate: that of a host, or text. */
  public static String commonName(String text) {
    return isMissing(text) ? text : DistinguishedNames.value(text);
  }

  /** A list of SSH's algorithms, as its fingerprint is made of. */
  public static String algorithms(String text) {
    return isMissing(text) ? text : Algorithms.mask(text);
  }

  /** The id of a BitTorrent peer (BEP 20): its client and version stay. */
  public static String peer(String text) {
    boolean named = text != null && text.matches("-[A-Za-z]{2}[0-9A-Za-z]{4}-.*");
    return isMissing(text)
        ? text
        : named ? text.substring(0, PEER) + hidden(text.substring(PEER)) : hidden(text);
  }
}
