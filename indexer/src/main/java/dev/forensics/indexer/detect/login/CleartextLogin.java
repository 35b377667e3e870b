package dev.forensics.indexer.detect.login;

/**
 * A login sent in the clear. Holds no password, not even its length.
 *
 * @param protocol ECS network.protocol of the flow, such as "ftp"
 * @param scheme how it was sent, such as "USER/PASS" or "AUTH PLAIN"
 * @param user the user name; null when it was not seen
 * @param passwordExposed true when the password itself (not a digest of it) was on the wire
 * @param accepted what the server answered; null when no answer was seen
 */
public record CleartextLogin(
    String protocol, String scheme, String user, boolean passwordExposed, Boolean accepted) {}
