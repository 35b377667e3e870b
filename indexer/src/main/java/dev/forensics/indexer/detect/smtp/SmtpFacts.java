package dev.forensics.indexer.detect.smtp;

import java.util.ArrayList;
import java.util.List;

/** What an SMTP session showed before it turned to TLS, if it did. */
public final class SmtpFacts {
  /** How many recipients are kept. */
  public static final int RECIPIENT_LIMIT = 16;

  /** First line of the server's greeting, at most 200 bytes; null when not seen. */
  public String greeting;

  /** Name the client gave in EHLO or HELO; null when not seen. */
  public String clientName;

  /** Sender of the first message, as given in MAIL FROM; null when none. */
  public String mailFrom;

  /** Recipients as given in RCPT TO, of all messages. */
  public final List<String> recipients = new ArrayList<>(0);

  /** All RCPT TO commands, kept or not. */
  public long recipientCount;

  /** DATA and last BDAT commands. */
  public long messages;

  /** Mechanism of the last AUTH command, upper case; null when none. */
  public String authMechanism;

  /** True when the server agreed to STARTTLS: from there on the connection is TLS. */
  public boolean startTls;
}
