package dev.forensics.indexer.detect.login;

import dev.forensics.indexer.detect.FlowFacts;
import dev.forensics.indexer.detect.mask.Masks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** The logins one flow sent in the clear; the first {@link #LIMIT} are kept, all are counted. */
public final class CleartextLogins {
  /** How many logins of one flow are kept: enough to show that somebody tries many. */
  public static final int LIMIT = 16;

  /** How many bytes of a user name are kept. */
  public static final int USER_LIMIT_BYTES = 128;

  /** All logins sent, kept or not. */
  public long count;

  /** Logins the server accepted. */
  public long accepted;

  /** Logins the server refused. */
  public long refused;

  /** The name typed last, when a login was sent before; null when none was. */
  private String named;

  /** The name that an empty line answered the password prompt of; null when none did. */
  private String withoutPassword;

  private final List<CleartextLogin> logins = new ArrayList<>(1);

  /** The kept logins, in the order they were sent. */
  public List<CleartextLogin> logins() {
    return Collections.unmodifiableList(logins);
  }

  /**
   * The user name of a kept login as it may be shown; null when it was not seen. Who types the
   * password at the prompt for the name is refused and tries again: a name that was only refused,
   * and that another one follows or whose password was empty, is shown only when systems have such
   * an account.
   */
  public String shownUser(CleartextLogin login) {
    return isGivenUp(login) ? Masks.refusedUser(login.user()) : Masks.user(login.user());
  }

  private boolean isGivenUp(CleartextLogin login) {
    boolean tried = false;
    boolean another = false;
    for (CleartextLogin other : logins) {
      if (!Objects.equals(login.user(), other.user())) {
        another |= tried && other.user() != null;
      } else if (!Boolean.FALSE.equals(other.accepted())) {
        return other.accepted() == null && isWithoutPassword(login.user());
      } else {
        tried = true;
      }
    }
    return another
        || count > LIMIT
        || (named != null && !named.equals(login.user()))
        || isWithoutPassword(login.user());
  }

  private boolean isWithoutPassword(String user) {
    return user != null && user.equals(withoutPassword);
  }

  /** A name was typed, of a login that is to come. */
  public static void named(FlowFacts within, String user) {
    CleartextLogins all = within.outermost().get(CleartextLogins.class);
    if (all != null) {
      all.named = user;
    }
  }

  /**
   * Whether something was typed at the password prompt of the login sent last. Who sees that the
   * password stands at the prompt for the name presses Enter at the next one.
   */
  public static void passwordTyped(FlowFacts within, String user, boolean typed) {
    CleartextLogins all = within.outermost().get(CleartextLogins.class);
    if (all != null) {
      all.withoutPassword = typed ? null : user;
    }
  }

  /**
   * Counts a login that was just sent and keeps it while there is room. Logins within a tunnel are
   * the flow's.
   */
  public static void sent(
      FlowFacts within, String protocol, String scheme, String user, boolean passwordExposed) {
    FlowFacts facts = within.outermost();
    CleartextLogins all = facts.get(CleartextLogins.class);
    if (all == null) {
      all = facts.add(new CleartextLogins());
    }
    all.count++;
    if (all.logins.size() < LIMIT) {
      all.logins.add(new CleartextLogin(protocol, scheme, user, passwordExposed, null));
    }
    facts.changed();
  }

  /** Notes the server's answer to the login sent last; ignored when none waits for one. */
  public static void answered(FlowFacts within, boolean accepted) {
    FlowFacts facts = within.outermost();
    CleartextLogins all = facts.get(CleartextLogins.class);
    if (all == null || all.accepted + all.refused >= all.count) {
      return;
    }
    if (accepted) {
      all.accepted++;
    } else {
      all.refused++;
    }
    facts.changed();
    if (all.count <= LIMIT) {
      CleartextLogin last = all.logins.get(all.logins.size() - 1);
      all.logins.set(
          all.logins.size() - 1,
          new CleartextLogin(
              last.protocol(), last.scheme(), last.user(), last.passwordExposed(), accepted));
    }
  }
}
