package dev.forensics.indexer.detect.mask;

import java.util.Locale;
import java.util.Set;

/**
 * User names of logins: kept, since an investigation asks for them. Masked is what no user is
 * called: a token, drawn letters, signs that names do not have. Blanks are such signs: what holds
 * one was typed at the wrong prompt, such as {@code mysql -pSECRET}.
 */
final class Users {
  private static final String SIGNS = "._-+";
  private static final int LONGEST = 64;
  private static final int PART = 20;
  private static final int FREE = 7;
  private static final int CHANGES = 2;
  private static final int DIGITS = 12;

  /** Accounts that systems and devices come with. */
  private static final Set<String> ACCOUNTS =
      WordList.of(
          """
          root admin administrator administrador administrateur user guest test tester anonymous
          nobody daemon bin sys system operator supervisor manager service support sysadmin
          superuser su toor default public ubuntu debian centos fedora pi ec2-user azureuser
          vagrant ansible deploy docker kubernetes jenkins git svn gitlab backup ftp ftpuser
          sftp ssh sshd telnet telnetadmin www www-data web webadmin webmaster apache nginx
          tomcat oracle postgres mysql mssql sa db2inst1 redis mongodb elastic elasticsearch
          hadoop spark kafka zookeeper nagios zabbix prometheus grafana monitor monitoring
          mail postmaster info sales office contact helpdesk scanner printer fax ubnt cisco
          enable mikrotik huawei zte adm tech installer maintenance demo student minecraft
          teamspeak asterisk voip hduser weblogic sap steam proxy vpn radius ldap games sync
          lp uucp news irc dev developer qa build ci nas camera dvr
          """);

  /** What devices and clients are called, with a number. */
  private static final Set<String> DEVICES =
      WordList.of(
          """
          dev device sensor client node gateway meter pump lamp light switch relay plug thermostat
          station bridge broker mqtt esp arduino raspberry tasmota shelly sonoff camera cam door
          window motion temp temperature probe unit host server pc desktop laptop workstation ws
          phone tablet app web agent worker publisher subscriber pub sub explorer mosquitto
          """);

  private Users() {}

  /** True for an account that says nothing about who logs in. */
  static boolean isAccount(String user) {
    return ACCOUNTS.contains(user.toLowerCase(Locale.ROOT));
  }

  static String mask(String user) {
    int at = user.lastIndexOf('@');
    if (at > 0 && at + 1 < user.length()) {
      String host = Hosts.host(user.substring(at + 1));
      boolean isHost = host.length() == user.length() - at - 1;
      return isHost ? mask(user.substring(0, at)) + "@" + host : Masks.hidden(user);
    }
    int domain = user.indexOf('\\');
    if (domain > 0 && domain + 1 < user.length()) {
      return mask(user.substring(0, domain)) + "\\" + mask(user.substring(domain + 1));
    }
    String name =
        user.endsWith("$") && user.length() > 1 ? user.substring(0, user.length() - 1) : user;
    return Masks.isMask(user) || isName(name) ? user : Masks.hidden(user);
  }

  /** What a device or a client calls itself: no word with a number, as a password is. */
  static String label(String name) {
    boolean isShown =
        isAccount(name)
            || (!Phrase.isWordAndNumber(name, SIGNS, Users::isDevice) && !hasNumberedWord(name));
    return isShown ? mask(name) : Masks.hidden(name);
  }

  private static boolean hasNumberedWord(String name) {
    return !Phrase.all(
        name,
        SIGNS,
        part -> {
          String stem = Words.stem(part);
          return stem.isEmpty()
              || stem.length() == part.length()
              || stem.length() <= 2
              || isDevice(stem.toLowerCase(Locale.ROOT));
        });
  }

  private static boolean isDevice(String word) {
    return DEVICES.contains(word) || ACCOUNTS.contains(word);
  }

  private static boolean isName(String name) {
    return name.length() <= LONGEST
        && !Tokens.isKnown(name)
        && Words.digits(name) <= DIGITS
        && !Phrase.isSpelled(name, SIGNS)
        && Phrase.all(name, SIGNS, Users::isPart);
  }

  /** A word, digits around it or not; short ones need be no word. */
  private static boolean isPart(String part) {
    if (!Words.isMixed(part, PART, CHANGES)) {
      return false;
    }
    String letters = part.replaceAll("[0-9]+", "");
    boolean oneCase = Words.isOneCase(letters);
    return letters.isEmpty()
        || (oneCase && letters.length() <= FREE)
        || (Words.isPlain(letters) && (oneCase || Words.isMixed(part, PART, 1)));
  }
}
