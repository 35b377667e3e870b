package dev.forensics.indexer.capture;

import java.nio.file.Path;

/**
 * A file that was left out on purpose.
 *
 * @param path the file
 * @param reason why
 * @param detail more about it, such as the other copy of a duplicate; may be empty
 */
public record SkippedFile(Path path, Reason reason, String detail) {
  /** Why a file is left out. */
  public enum Reason {
    /** It has no byte. */
    EMPTY("no byte yet"),
    /** It has no complete packet. */
    NO_PACKET("no packet yet"),
    /** A file in a folder that is neither pcap nor pcapng. */
    NOT_A_CAPTURE("not a capture"),
    /** A file in a folder that is a capture of another tool. */
    FOREIGN_FORMAT("a capture of another tool"),
    /** A file or folder in a folder whose name begins with a dot. */
    HIDDEN("hidden"),
    /** A symbolic link in a folder that leads out of it. */
    LINK_LEAVES_FOLDER("a symbolic link out of its folder"),
    /** A pipe, socket or device in a folder. */
    NOT_REGULAR("not a regular file"),
    /** The same capture is read from another file. */
    DUPLICATE("the same capture as another file"),
    /** It was there when the folder was listed and is gone. */
    VANISHED("gone meanwhile");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** The reason in a few words, for messages. */
    public String words() {
      return words;
    }
  }
}
