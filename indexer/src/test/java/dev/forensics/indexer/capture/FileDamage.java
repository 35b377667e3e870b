package dev.forensics.indexer.capture;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What may happen to a file: bytes are lost, come into it from elsewhere, or are overwritten. */
enum FileDamage {
  ZEROS_INSERTED {
    @Override
    byte[] at(byte[] file, Place place, Random random) {
      return inserted(file, place.border(), new byte[1 + random.nextInt(64)]);
    }
  },
  ONES_INSERTED {
    @Override
    byte[] at(byte[] file, Place place, Random random) {
      byte[] bytes = new byte[1 + random.nextInt(64)];
      Arrays.fill(bytes, (byte) 0xFF);
      return inserted(file, place.border(), bytes);
    }
  },
  NOISE_INSERTED {
    @Override
    byte[] at(byte[] file, Place place, Random random) {
      return inserted(file, place.border(), noise(random, 1 + random.nextInt(64)));
    }
  },
  NOISE_INSERTED_IN_RECORD {
    @Override
    byte[] at(byte[] file, Place place, Random random) {
      int from = place.border() + random.nextInt(place.end() - place.border());
      return inserted(file, from, noise(random, 1 + random.nextInt(64)));
    }
  },
  MUCH_INSERTED {
    @Override
    byte[] at(byte[] file, Place place, Random random) {
      byte[] bytes = random.nextBoolean() ? new byte[5000] : noise(random, 5000);
      return inserted(file, place.border(), bytes);
    }
  },
  /** A piece of another record, from its head on. */
  RECORD_PIECE_INSERTED {
    @Override
    byte[] at(byte[] file, Place place, Random random) {
      int length = 1 + random.nextInt(Math.min(64, place.end() - place.border() - 1));
      byte[] piece = Arrays.copyOfRange(file, place.border(), place.border() + length);
      return inserted(file, place.border(), piece);
    }
  },
  REMOVED_AT_BORDER {
    @Override
    byte[] at(byte[] file, Place place, Random random) {
      return removed(file, place.border(), 1 + random.nextInt(64));
    }
  },
  REMOVED_ANYWHERE {
    @Override
    byte[] at(byte[] file, Place place, Random random) {
      int from = place.border() + random.nextInt(place.end() - place.border());
      return removed(file, from, 1 + random.nextInt(64));
    }
  },
  REMOVED_ACROSS_BORDER {
    @Override
    byte[] at(byte[] file, Place place, Random random) {
      int before = Math.min(1 + random.nextInt(20), place.border() - place.first());
      return removed(file, place.border() - before, before + 1 + random.nextInt(30));
    }
  },
  BYTE_OVERWRITTEN_IN_HEAD {
    @Override
    byte[] at(byte[] file, Place place, Random random) {
      byte[] damaged = file.clone();
      damaged[place.border() + random.nextInt(place.head())] ^= (byte) (1 + random.nextInt(255));
      return damaged;
    }
  },
  HEAD_OVERWRITTEN {
    @Override
    byte[] at(byte[] file, Place place, Random random) {
      byte[] damaged = file.clone();
      byte[] bytes = noise(random, 1 + random.nextInt(place.head()));
      System.arraycopy(bytes, 0, damaged, place.border(), bytes.length);
      return damaged;
    }
  },
  LENGTH_OFF_BY_FEW {
    @Override
    byte[] at(byte[] file, Place place, Random random) {
      byte[] damaged = file.clone();
      int at = place.border() + place.length();
      boolean isBig = damaged[at] == 0 && damaged[at + 1] == 0;
      int length = ByteOrders.int32(damaged, at, isBig);
      int off = (1 + random.nextInt(30)) * (random.nextBoolean() ? 1 : -1);
      int wrong = Math.max(0, length + off);
      for (int i = 0; i < 4; i++) {
        damaged[at + i] = (byte) (wrong >> (isBig ? 24 - 8 * i : 8 * i));
      }
      return damaged;
    }
  };

  /**
   * A record of a file.
   *
   * @param first where the file's first record begins
   * @param border where it begins
   * @param end where the next one begins
   * @param head bytes of its head
   * @param length offset of its length in its head
   */
  record Place(int first, int border, int end, int head, int length) {
    static Place of(byte[] file, List<Integer> borders, int record) {
      boolean isBlock = file[0] == 0x0A;
      return new Place(
          borders.get(0),
          borders.get(record),
          borders.get(record + 1),
          isBlock ? 28 : 16,
          isBlock ? 4 : 8);
    }
  }

  /** The file as it is afterwards. */
  abstract byte[] at(byte[] file, Place place, Random random);

  private static byte[] noise(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] inserted(byte[] file, int at, byte[] bytes) {
    byte[] longer = new byte[file.length + bytes.length];
    System.arraycopy(file, 0, longer, 0, at);
    System.arraycopy(bytes, 0, longer, at, bytes.length);
    System.arraycopy(file, at, longer, at + bytes.length, file.length - at);
    return longer;
  }

  private static byte[] removed(byte[] file, int at, int count) {
    int lost = Math.min(count, file.length - at);
    byte[] shorter = Arrays.copyOf(file, file.length - lost);
    System.arraycopy(file, at + lost, shorter, at, file.length - at - lost);
    return shorter;
  }
}
