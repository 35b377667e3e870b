package dev.forensics.indexer.cli;

/** Exit codes of the program, as the usage help lists them. */
final class ExitCode {
  static final int DONE = 0;
  static final int CAPTURE_FAILED = 1;
  static final int USAGE = 2;
  static final int UNDELIVERED = 3;
  static final int FAULT = 4;

  private ExitCode() {}
}
