package dev.forensics.indexer.cli;

import picocli.CommandLine.IVersionProvider;

/** The version the jar was built with. */
final class Version implements IVersionProvider {
  /** The version, or "development" when the classes do not come from the jar. */
  static String number() {
    String version = IndexerMain.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"forensics " + number()};
  }
}
