package dev.forensics.indexer.detect.ftp;

import java.util.ArrayList;
import java.util.List;

/** What an FTP control connection showed. */
public final class FtpFacts {
  /** How many file names are kept. */
  public static final int FILE_LIMIT = 32;

  /** First line of the server's greeting, at most 200 bytes; null when not seen. */
  public String greeting;

  /** User name of the last USER command; null when not seen. */
  public String user;

  /** Commands sent by the client. */
  public long commands;

  /** Names given to RETR, STOR, APPE and DELE, with the command before them. */
  public final List<String> files = new ArrayList<>(0);

  /** All file commands, kept or not. */
  public long fileCommands;

  /** True when the server agreed to AUTH: from there on the connection is TLS. */
  public boolean startTls;
}
