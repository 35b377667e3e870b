package dev.forensics.indexer.detect.mask;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Segments of a path that announce a secret, such as reset-password, apiKey or motdepasse. What
 * follows one, to the path's end, is shown only when it is of a closed list of words; any other
 * word may be the secret, however plain it is.
 */
final class Announcements {
  /** Words that announce a secret where they stand for themselves. */
  private static final Set<String> WORDS =
      WordList.of(
          """
          token tokens reset pass pw pwd key keys otp totp mfa pin pins puk tan code codes verify
          verification confirm confirmation activate activation invite invites invitation magic sid
          sess jwt bearer hash sig signature hook hooks share shares shared unlock auth oauth
          authenticate authorize authorization sso saml credential credentials cred creds secret
          secrets recover recovery restore forgot challenge nonce ticket voucher coupon license
          licence unsubscribe optout mdp clave chave segredo senha parola geheim geheimnis losung
          heslo haslo lozinka zaporka salasana losenord adgangskode passord wachtwoord jelszo sifre
          kod codigo codice cle clef schlussel einladung freischalten aktivieren zurucksetzen
          bestatigen contrasena \u043f\u0430\u0440\u043e\u043b\u044c \u5bc6\u7801 \u5bc6\u78bc
          \u30d1\u30b9\u30ef\u30fc\u30c8 \ube44\ubc00\ubc88\ud638
          """);

  /** Words that announce one wherever they stand, also amid others. */
  private static final String[] STEMS = {
    "password", "passwd", "passwort", "passcode", "passphrase", "passkey", "kennwort",
    "motdepasse", "contrasen", "palavrapasse", "wachtwoord", "token", "secret", "apikey",
    "accesskey", "privatekey", "secretkey", "sharekey", "credential", "session", "webhook",
    "magiclink", "signature", "unsubscribe", "invitation", "jsessionid", "onetime"
  };

  /** Words that stand behind an announcement, or with one, without being the secret. */
  private static final Set<String> HARMLESS =
      WordList.of(
          """
          about access acme account accounts action add admin all and api app apps apple back basic begin
          by callback cancel cas cb certs change check client clients common complete config
          configuration connect context create csrf current data default delete device digest
          discord do done edit email end endpoint error events expire expired facebook failed
          failure fetch finish for form forms free from generate get github gitlab google grant
          group groups history id ids in index info init introspect introspection is issue item
          items json jwk jwks keycloak ldap learn link links list local login logins logoff logon
          logout mail main manage me meta metadata method microsoft my mode name negotiate new next
          now oidc oauth2 of on openid out page post profile protocol protected provider providers
          proxy put read realms redirect refresh register registration remove renew request requests
          require resend response resource resources result results revocation revoke role roles
          rotate save search send server service services set setup sign signin signon signout
          signup slack sms start state stateless status step store submit success sync the to toggle
          twitter type update upload url user userinfo username users v validate validation version
          view web with xml html php saml2 well known xsrf
          """);

  private static final Set<String> ALL = all();

  /** Characters of a segment that is looked at. */
  private static final int LONGEST = 256;

  private static final Pattern ACCENTS = Pattern.compile("\\p{M}");

  private Announcements() {}

  /** True when what follows a segment may be a secret. */
  static boolean announces(String segment) {
    if (segment.length() > LONGEST) {
      return true; // no word, and looked at no further
    }
    String plain = Percent.decode(segment);
    if (plain == null || plain.indexOf('%') >= 0) {
      return true; // nobody can tell what it says
    }
    StringBuilder together = new StringBuilder(plain.length());
    for (String part : parts(plain)) {
      if (WORDS.contains(part) || WORDS.contains(Words.stem(part))) {
        return true;
      }
      together.append(part);
    }
    for (String stem : STEMS) {
      if (together.indexOf(stem) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** True when a segment is made of words of the lists, and so is no secret by itself. */
  static boolean isHarmless(String plain) {
    List<String> parts = parts(plain);
    boolean listed =
        parts.stream()
            .allMatch(
                part ->
                    WORDS.contains(part)
                        || HARMLESS.contains(part)
                        || WordList.isMadeOf(part, ALL));
    boolean spelled = parts.stream().anyMatch(part -> part.length() < 2);
    boolean together = !spelled && WordList.isMadeOf(String.join("", parts), ALL);
    return !parts.isEmpty() && (listed || together);
  }

  /** Words that may be written together: single letters would make any word. */
  private static Set<String> all() {
    Set<String> all = new HashSet<>();
    for (Set<String> words : List.of(WORDS, HARMLESS, Set.of(STEMS))) {
      words.stream().filter(word -> word.length() > 2).forEach(all::add);
    }
    return Set.copyOf(all);
  }

  /**
   * The words of a segment in lower case, without accents: cut at every sign, and where a capital
   * follows a small letter.
   */
  private static List<String> parts(String plain) {
    String text = withoutAccents(plain);
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      boolean end = i == text.length() || !Character.isLetterOrDigit(text.charAt(i));
      boolean hump =
          !end
              && i > from
              && Character.isUpperCase(text.charAt(i))
              && Character.isLowerCase(text.charAt(i - 1));
      if ((end || hump) && i > from) {
        parts.add(text.substring(from, i).toLowerCase(Locale.ROOT));
      }
      from = end ? i + 1 : hump ? i : from;
    }
    return parts;
  }

  private static String withoutAccents(String text) {
    return Normalizer.isNormalized(text, Normalizer.Form.NFD)
        ? text
        : ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
  }
}
