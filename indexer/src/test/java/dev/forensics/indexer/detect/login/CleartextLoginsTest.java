package dev.forensics.indexer.detect.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forensics.indexer.detect.FlowFacts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who types the password at the prompt for the name is refused, and tries again. */
class CleartextLoginsTest {
  private final FlowFacts facts = new FlowFacts();

  private void tries(String user, Boolean accepted) {
    CleartextLogins.sent(facts, "ftp", "USER/PASS", user, true);
    if (accepted != null) {
      CleartextLogins.answered(facts, accepted);
    }
  }

  private List<String> shown() {
    CleartextLogins logins = facts.get(CleartextLogins.class);
    return logins.logins().stream().map(logins::shownUser).toList();
  }

  @Test
  void shouldMaskARefusedNameThatAnotherFollows() {
    tries("Sommer2024", false);
    tries("bob", true);
    assertThat(shown()).containsExactly("<10>", "bob");
  }

  @Test
  void shouldMaskItWhenTheOtherNameIsTypedOnly() {
    tries("dragon", false);
    CleartextLogins.named(facts, "bob");
    assertThat(shown()).containsExactly("<6>");
  }

  @Test
  void shouldShowARefusedNameThatNoneFollows() {
    tries("dragon", false);
    tries("bob", false);
    tries("bob", false);
    CleartextLogins.named(facts, "bob");
    assertThat(shown()).containsExactly("<6>", "bob", "bob");
  }

  @Test
  void shouldShowAccountsOfSystems() {
    tries("root", false);
    tries("admin", false);
    tries("bob", null);
    assertThat(shown()).containsExactly("root", "admin", "bob");
  }

  @Test
  void shouldShowWhoeverWasLetInAtLast() {
    tries("bob", false);
    tries("root", false);
    tries("bob", true);
    assertThat(shown()).containsExactly("bob", "root", "bob");
  }

  @Test
  void shouldLeaveAMissedNameOut() {
    tries(null, false);
    tries("bob", true);
    assertThat(shown()).containsExactly(null, "bob");
  }
}
