package dev.forensics.indexer.index.embedded;

import java.util.List;

/**
 * TLS with a self-signed certificate, and users kept in files (no security index, which the
 * distribution cannot create; so no API keys).
 *
 * @param users everyone who may log in; the first must be allowed to read the cluster's health,
 *     since the start waits for it
 * @param rolesYaml the roles beside the built-in ones, in the format of Elasticsearch's roles.yml;
 *     may be empty
 */
public record EmbeddedSecurity(List<User> users, String rolesYaml) {
  /** Takes a copy. */
  public EmbeddedSecurity {
    users = List.copyOf(users);
    if (users.isEmpty()) {
      throw new IllegalArgumentException("security without a user locks everyone out");
    }
  }

  /**
   * One user.
   *
   * @param name log-in name
   * @param password in the clear; only its hash is written
   * @param roles role names, built-in ({@code superuser}) or from rolesYaml
   */
  public record User(String name, String password, List<String> roles) {
    /** Takes a copy. */
    public User {
      roles = List.copyOf(roles);
    }

    @Override
    public String toString() {
      return "User[name=" + name + ", roles=" + roles + "]";
    }
  }
}
