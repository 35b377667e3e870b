package dev.forensics.indexer.detect.mask;

import java.util.Locale;
import java.util.Set;

/**
 * Queries, and forms: the names stay, also encoded ones; of the values only small numbers,
 * versions, tags of languages and words of a closed list, in parameters that hold such ones.
 */
final class Queries {
  /** Parameters whose values are small numbers and words of {@link #VALUES}. */
  private static final Set<String> OPEN =
      WordList.of(
          """
          page lang language locale hl format fmt type sort order dir limit offset size count
          per_page start v ver version action op mode view tab theme width height w h output alt
          charset encoding ie oe region country currency step index category module method do cmd
          task section grant_type response_type id n p i level layer zoom debug enabled year month
          day utm_source utm_medium function protocol
          """);

  /** What such parameters hold: any other word may be a secret in the wrong place. */
  private static final Set<String> VALUES =
      WordList.of(
          """
          true false yes no on off none null all any auto default asc desc ascending descending up
          down left right first last next prev previous new old latest top hot recent popular date
          time name title size price rank relevance score rating id json jsonp xml html htm text txt
          csv pdf rss atom yaml svg png jpg jpeg gif webp mp4 raw full short small medium large big
          thumb thumbnail mini normal original preview print grid table tree card cards list detail
          details map chart gallery compact index home main show view edit add create update delete
          remove save get set put post head search find filter browse open close start stop begin
          end check status info help about test debug login logout signin signout signup register
          subscribe download upload export import copy move send read write load refresh reload
          submit cancel confirm accept reject enable disable install ping query select insert exec
          run ajax media image images video audio file files folder user users group groups item
          items product products order orders cart checkout category categories article articles
          news blog page pages comment comments message messages feed stream event events calendar
          profile settings config light dark mobile desktop tablet web app api admin public private
          code token client_credentials authorization_code refresh_token password implicit id_token
          device_code http https ws wss tcp udp rest soap grpc hls dash utf utf8 iso latin1 ascii
          windows google bing facebook twitter instagram linkedin youtube email newsletter cpc ppc
          organic referral social banner display affiliate usd eur gbp jpy chf cny inr rub brl cad
          aud
          """);

  private static final String TAG = "[A-Za-z]{2}([-_]([A-Za-z]{2}|[A-Z][a-z]{3}|[0-9]{3}))?";

  /** Words that stand in a query alone. */
  private static final Set<String> ALONE =
      Set.of("wsdl", "xsd", "debug", "raw", "download", "list", "help", "json", "xml", "status");

  private static final int VALUE = 24;

  /** Digits beside a word: iso-8859-1 has four. */
  private static final int NUMBER = 4;

  private Queries() {}

  static String mask(String query) {
    StringBuilder masked = new StringBuilder(query.length());
    int from = 0;
    for (int i = 0; i <= query.length(); i++) {
      boolean end = i == query.length();
      if (end || query.charAt(i) == '&' || query.charAt(i) == ';' || query.charAt(i) == '?') {
        parameter(query.substring(from, i), masked);
        if (!end) {
          masked.append(query.charAt(i));
        }
        from = i + 1;
      }
    }
    return masked.toString();
  }

  private static void parameter(String text, StringBuilder masked) {
    int equal = text.indexOf('=');
    if (equal < 0) {
      boolean shown = text.isEmpty() || ALONE.contains(text);
      masked.append(shown ? text : Masks.hidden(text));
      return;
    }
    String name = text.substring(0, equal);
    String value = text.substring(equal + 1);
    String plain = Percent.decode(name);
    boolean isName = plain != null && Names.isName(plain.replace('+', ' '));
    masked.append(isName || name.isEmpty() ? name : Masks.hidden(name)).append('=');
    boolean shown = value.isEmpty() || (isName && isOpen(plain, value));
    masked.append(shown ? value : Masks.hidden(value));
  }

  private static boolean isOpen(String name, String value) {
    return value.length() <= VALUE
        && OPEN.contains(name.toLowerCase(Locale.ROOT))
        && (value.matches(TAG) || isListed(value) || isVersion(value));
  }

  private static boolean isListed(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    boolean parts =
        Phrase.all(lower, "-_.", part -> VALUES.contains(part) || Words.isNumber(part, NUMBER));
    return VALUES.contains(lower) || (parts && Words.digits(value) <= Phrase.MOST_DIGITS);
  }

  /** Numbers with dots: 5.1, v2, 3.6.0. */
  private static boolean isVersion(String value) {
    String numbers = value.startsWith("v") ? value.substring(1) : value;
    return Phrase.all(numbers, ".", part -> Words.isNumber(part, Words.NUMBER))
        && Words.digits(numbers) <= Phrase.MOST_DIGITS;
  }
}
