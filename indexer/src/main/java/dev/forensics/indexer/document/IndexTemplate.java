package dev.forensics.indexer.document;

/**
 * A template to be put into Elasticsearch.
 *
 * @param kind what it is
 * @param name under which it is put
 * @param json the request's body
 */
public record IndexTemplate(Kind kind, String name, String json) {
  /** What a template is. */
  public enum Kind {
    /** A part of index templates: PUT _component_template. To be put first. */
    COMPONENT("component-templates", "_component_template"),
    /** PUT _index_template. */
    INDEX("index-templates", "_index_template");

    private final String folder;
    private final String endpoint;

    Kind(String folder, String endpoint) {
      this.folder = folder;
      this.endpoint = endpoint;
    }

    /** Folder of the resources. */
    String folder() {
      return folder;
    }

    /** First part of the request's path. */
    public String endpoint() {
      return endpoint;
    }
  }
}
