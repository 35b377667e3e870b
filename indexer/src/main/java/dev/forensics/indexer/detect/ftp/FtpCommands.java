package dev.forensics.indexer.detect.ftp;

import dev.forensics.indexer.detect.text.TextProbe;
import dev.forensics.indexer.detect.wire.Octets;

/** Command lines that only a client of FTP sends, told by their words and arguments. */
final class FtpCommands {
  /** Without an argument. */
  private static final String[] PLAIN = {"SYST", "FEAT", "PASV", "EPSV", "CDUP", "XPWD", "NLST"};

  /** Others begin lines by these words too: what follows has to be what FTP wants. */
  private static final String[] WITH_ARGUMENT = {
    "PORT ", "EPRT ", "TYPE ", "OPTS ", "PBSZ ", "PROT ", "AUTH TLS", "AUTH SSL"
  };

  /** With the path of a file: they come after a login, and where that was missed prove nothing. */
  static final String[] WITH_PATH = {"STOR ", "MLSD ", "MDTM ", "SIZE ", "CWD ", "NLST ", "APPE "};

  private FtpCommands() {}

  /**
   * True when these bytes are such a command, as far as they go.
   *
   * @param length in bytes, without the end of the line when it is there
   * @param whole true when the line is complete
   * @param loggedIn true when a login stands before it
   */
  static boolean isOwn(byte[] buffer, int offset, int length, boolean whole, boolean loggedIn) {
    for (String word : PLAIN) {
      boolean ends = whole ? length == word.length() : length <= word.length();
      if (ends && Octets.agrees(buffer, offset, length, word)) {
        return true;
      }
    }
    for (String word : WITH_ARGUMENT) {
      if (Octets.agrees(buffer, offset, length, word)) {
        return !whole || fits(word, buffer, offset, length);
      }
    }
    return loggedIn && TextProbe.beginsWithAny(buffer, offset, length, whole, WITH_PATH);
  }

  private static boolean fits(String word, byte[] buffer, int offset, int length) {
    int at = word.length();
    if (length < at) {
      return false;
    }
    int first = at < length ? Octets.upper(buffer[offset + at]) : 0;
    int left = length - at;
    return switch (word) {
      case "PORT " -> isOf(buffer, offset + at, left, "0123456789,") && left >= 11;
      case "EPRT " -> first == '|' && left >= 6;
      case "TYPE " -> isType(first, buffer, offset + at, left);
      case "PBSZ " -> left > 0 && isOf(buffer, offset + at, left, "0123456789");
      case "PROT " -> left == 1 && "CSEP".indexOf(first) >= 0;
      case "OPTS " ->
          Octets.startsWith(buffer, offset + at, left, "UTF8")
              || Octets.startsWith(buffer, offset + at, left, "UTF-8")
              || Octets.startsWith(buffer, offset + at, left, "MLST")
              || Octets.startsWith(buffer, offset + at, left, "HASH");
      default ->
          left == 0
              || buffer[offset + at] == ' '
              || Octets.startsWith(buffer, offset + at, left, "-");
    };
  }

  /** A, E, I, or L with a size; A and E with a format or without (RFC 959 section 5.3.1). */
  private static boolean isType(int first, byte[] buffer, int offset, int length) {
    if (length == 1) {
      return "AEI".indexOf(first) >= 0;
    }
    int last = length >= 3 && buffer[offset + 1] == ' ' ? Octets.upper(buffer[offset + 2]) : 0;
    return length == 3
        && (first == 'L' ? last >= '1' && last <= '9' : "AE".indexOf(first) >= 0 && isFormat(last));
  }

  private static boolean isFormat(int letter) {
    return letter == 'N' || letter == 'T' || letter == 'C';
  }

  private static boolean isOf(byte[] buffer, int offset, int length, String characters) {
    for (int i = 0; i < length; i++) {
      if (characters.indexOf(buffer[offset + i]) < 0) {
        return false;
      }
    }
    return true;
  }
}
