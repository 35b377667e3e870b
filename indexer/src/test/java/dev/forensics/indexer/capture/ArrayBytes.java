package dev.forensics.indexer.capture;

/** A source over an array, which gives a few bytes at a time. */
final class ArrayBytes implements ByteSource {
  private final byte[] all;
  private final int most;
  private int position;

  ArrayBytes(byte[] all, int most) {
    this.all = all;
    this.most = most;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    int count = Math.min(Math.min(length, most), all.length - position);
    System.arraycopy(all, position, into, offset, count);
    position += count;
    return count;
  }

  @Override
  public boolean endsCleanly() {
    return true;
  }

  @Override
  public boolean seekable() {
    return true;
  }

  @Override
  public void seek(long newPosition) {
    position = (int) newPosition;
  }

  @Override
  public void close() {
    position = all.length;
  }
}
