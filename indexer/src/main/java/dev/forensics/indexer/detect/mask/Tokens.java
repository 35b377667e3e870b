package dev.forensics.indexer.detect.mask;

/** Tokens that say by their first letters what they are. */
final class Tokens {
  private static final String[] PREFIXES = {
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "gldt-",
    "glrt-",
    "xoxb-",
    "xoxp-",
    "xoxa-",
    "xoxs-",
    "xoxe",
    "xapp-",
    "sk_",
    "rk_",
    "pk_",
    "sk-",
    "whsec_",
    "AKIA",
    "ASIA",
    "eyJ",
    "AIza",
    "ya29.",
    "SG.",
    "hvs.",
    "dop_v1_",
    "npm_",
    "pypi-",
    "tok_",
    "sq0",
    "shpat_",
    "shpss_",
    "EAAC",
    "-----BEGIN",
    "$2a$",
    "$2b$",
    "$2y$",
    "$1$",
    "$5$",
    "$6$",
    "{SHA}",
    "{SSHA}",
    "ssh-rsa",
    "ATATT",
    "lin_api_",
    "dckr_pat_",
    "NRAK-",
    "PMAK-",
    "rubygems_"
  };

  private Tokens() {}

  /** True when a text begins as such a token does. */
  static boolean isKnown(String text) {
    for (String prefix : PREFIXES) {
      if (text.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
