package dev.forensics.indexer.flow;

/**
 * Names that the addresses of a flow had when it began.
 *
 * @param originator name of the originator's address, or null
 * @param responder name of the responder's address, or null
 */
public record FlowNames(String originator, String responder) {
  /** The name of the side that sends in this direction, or null. */
  public String of(Direction direction) {
    return direction == Direction.ORIGINATOR ? originator : responder;
  }
}
