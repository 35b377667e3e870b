package dev.forensics.indexer.kibana;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which keys each type may have, and in which versions it is written: the ones of Kibana 8.12, the
 * oldest supported. It refuses a whole dashboard for one key it does not know; newer ones migrate.
 *
 * <p>Source: objects that Kibana 8.12.2 exported.
 */
final class ObjectShapes {
  /** Version of the format of all objects. */
  static final String CORE_MIGRATION_VERSION = "8.8.0";

  /** Keys beside the attributes. */
  static final Set<String> TOP =
      Set.of(
          "attributes", "coreMigrationVersion", "id", "references", "type", "typeMigrationVersion");

  /** Keys of a dashboard's group of controls. */
  static final Set<String> CONTROL_GROUP =
      Set.of("chainingSystem", "controlStyle", "ignoreParentSettingsJSON", "panelsJSON");

  /** Keys of a panel. */
  static final Set<String> PANEL =
      Set.of(
          "embeddableConfig",
          "gridData",
          "id",
          "panelIndex",
          "panelRefName",
          "title",
          "type",
          "version");

  private static final Map<String, String> VERSIONS =
      Map.of(
          "index-pattern", "8.0.0",
          "lens", "8.9.0",
          "visualization", "8.5.0",
          "search", "8.0.0",
          "dashboard", "8.9.0");

  private static final Map<String, Set<String>> ATTRIBUTES =
      Map.of(
          "index-pattern",
          Set.of(
              "fieldAttrs",
              "fieldFormatMap",
              "fields",
              "name",
              "runtimeFieldMap",
              "sourceFilters",
              "timeFieldName",
              "title",
              "typeMeta"),
          "lens",
          Set.of("description", "state", "title", "visualizationType"),
          "visualization",
          Set.of("description", "kibanaSavedObjectMeta", "title", "uiStateJSON", "visState"),
          "search",
          Set.of(
              "columns",
              "description",
              "grid",
              "hideChart",
              "isTextBasedQuery",
              "kibanaSavedObjectMeta",
              "sort",
              "timeRestore",
              "title"),
          "links",
          Set.of("description", "layout", "links", "title"),
          "dashboard",
          Set.of(
              "controlGroupInput",
              "description",
              "kibanaSavedObjectMeta",
              "optionsJSON",
              "panelsJSON",
              "refreshInterval",
              "timeFrom",
              "timeRestore",
              "timeTo",
              "title",
              "version"));

  private ObjectShapes() {}

  /** The keys that attributes of this type may have; empty for a type the pack does not use. */
  static Set<String> attributesOf(String type) {
    return ATTRIBUTES.getOrDefault(type, Set.of());
  }

  /** The version of the format of this type; empty for one that has none. */
  static Optional<String> versionOf(String type) {
    return Optional.ofNullable(VERSIONS.get(type));
  }
}
