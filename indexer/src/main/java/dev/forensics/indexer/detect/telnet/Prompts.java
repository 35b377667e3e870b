package dev.forensics.indexer.detect.telnet;

import dev.forensics.indexer.detect.wire.Octets;

/**
 * Prompts of a login, in the languages that devices speak: a word and a colon, with a blank between
 * them or without, at the end of what was sent. Words hold the letters that all their encodings
 * share.
 */
final class Prompts {
  static final int NONE = 0;
  static final int USER = 1;
  static final int PASSWORD = 2;

  private static final String[] USERS = {
    "LOGIN",
    "USERNAME",
    "USER NAME",
    "USER",
    "USER ID",
    "USERID",
    "ACCOUNT",
    "BENUTZER",
    "BENUTZERNAME",
    "ANMELDENAME",
    "UTILISATEUR",
    "IDENTIFIANT",
    "USUARIO",
    "UTENTE",
    "GEBRUIKER",
    "GEBRUIKERSNAAM",
    "BRUKER",
    "BRUKERNAVN",
    "UZYTKOWNIK",
    "KULLANICI",
    "UTILIZADOR"
  };

  /** The ends of words with other letters before them: contrase.a, has.o, l.senord. */
  private static final String[] PASSWORDS = {
    "PASSWORD", "PASSWD", "PASSCODE", "PASSWORT", "KENNWORT", "MOT DE PASSE", "CLAVE", "SENHA",
    "WACHTWOORD", "PASSORD", "HESLO", "HASLO", "SALASANA", "PAROLA", "PASSPHRASE", "LOZINKA"
  };

  /** In UTF-8 and in Latin-1: two bytes and one. */
  private static final String SPANISH = "CONTRASE";

  private static final int LONGEST = 16;

  private Prompts() {}

  /** What text that ends here asks for: {@link #USER}, {@link #PASSWORD} or {@link #NONE}. */
  static int asksFor(byte[] text, int offset, int length) {
    int end = trim(text, offset, offset + length);
    if (end == offset || text[end - 1] != ':') {
      return NONE;
    }
    end = trim(text, offset, end - 1);
    if (endsWithAny(text, offset, end, PASSWORDS) || isSpanish(text, offset, end)) {
      return PASSWORD;
    }
    boolean user = endsWithAny(text, offset, end, USERS);
    return user && !Octets.contains(text, offset, length, "LAST LOGIN") ? USER : NONE;
  }

  /** True when a word and its colon stand anywhere in a text. */
  static boolean asksWithin(byte[] text, int offset, int length) {
    for (int i = 0; i < length; i++) {
      if (text[offset + i] == ':' && asksFor(text, offset, i + 1) != NONE) {
        return true;
      }
    }
    return false;
  }

  private static int trim(byte[] text, int offset, int end) {
    int at = end;
    while (at > offset && text[at - 1] == ' ') {
      at--;
    }
    return at;
  }

  private static boolean isSpanish(byte[] text, int offset, int end) {
    int from = Math.max(offset, end - LONGEST);
    boolean found = false;
    for (int i = from; i + SPANISH.length() < end; i++) {
      int left = end - i - SPANISH.length();
      found |= left <= 3 && Octets.startsWith(text, i, SPANISH.length(), SPANISH);
    }
    return found && Octets.upper(text[end - 1]) == 'A';
  }

  /** A word that nothing but a blank or a line's end stands before. */
  private static boolean endsWithAny(byte[] text, int offset, int end, String[] words) {
    for (String word : words) {
      int start = end - word.length();
      boolean isWord = start == offset || (start > offset && isBreak(text[start - 1]));
      if (isWord && Octets.startsWith(text, start, word.length(), word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBreak(byte value) {
    return value >= 0 && !Character.isLetterOrDigit(value);
  }
}
