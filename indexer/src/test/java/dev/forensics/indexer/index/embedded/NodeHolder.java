package dev.forensics.indexer.index.embedded;

/** A program of its own that starts a node, says where, and holds it until it is killed. */
final class NodeHolder {
  private NodeHolder() {}

  /** Prints pid, url and folder of the node on one line. */
  public static void main(String[] arguments) throws Exception {
    try (EmbeddedElasticsearch node = EmbeddedElasticsearch.start(EmbeddedOptions.defaults())) {
      System.out.println(node.pid() + " " + node.url() + " " + node.folder());
      System.out.flush();
      node.awaitEnd();
    }
  }
}
