package dev.forensics.indexer.follow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What was announced since the last commit, in the order in which it is read. Those that are read
 * count until the commit that covers them: after a crash they are read again.
 */
final class Announcements {
  private final List<Announcement> all;
  private int read;

  /** Those of a commit, none of them read. */
  Announcements(List<Announcement> announced) {
    all = new ArrayList<>(announced);
  }

  /** True while something that was announced is not read. */
  boolean isPending() {
    return read < all.size();
  }

  /** The first one that is not read; only while one is pending. */
  Announcement next() {
    return all.get(read);
  }

  /** The next one is read to its end. */
  void markRead() {
    read++;
  }

  /** A commit covers those that are read. */
  void forgetRead() {
    all.subList(0, read).clear();
    read = 0;
  }

  void add(Announcement announcement) {
    all.add(announcement);
  }

  /** Those that a commit leaves to be read. */
  List<Announcement> pending() {
    return List.copyOf(all.subList(read, all.size()));
  }

  /** All since the last commit, and another one, as a change of the commit's document. */
  ObjectNode with(Announcement another) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    List<Announcement> announced = new ArrayList<>(all);
    announced.add(another);
    write(announced, root.putObject("forensics").putObject("commit"));
    return root;
  }

  static void write(List<Announcement> announced, ObjectNode commit) {
    ArrayNode array = commit.putArray("announced");
    announced.forEach(one -> one.write(array.addObject()));
  }

  static List<Announcement> read(JsonNode commit) {
    List<Announcement> announced = new ArrayList<>();
    commit.path("announced").forEach(one -> announced.add(Announcement.read(one)));
    return announced;
  }
}
