package dev.forensics.indexer.detect.mtproto;

import java.util.Map;

/** Constructors that travel in unencrypted messages (the key exchange), by their number. */
final class Constructors {
  static final int REQ_PQ = 0x60469778;
  static final int REQ_PQ_MULTI = 0xbe7e8ef1;
  static final int RES_PQ = 0x05162463;

  private static final Map<Integer, String> NAMES =
      Map.of(
          REQ_PQ,
          "req_pq",
          REQ_PQ_MULTI,
          "req_pq_multi",
          RES_PQ,
          "resPQ",
          0xd712e4be,
          "req_DH_params",
          0xd0e8075c,
          "server_DH_params_ok",
          0x79cb045d,
          "server_DH_params_fail",
          0xf5045f1f,
          "set_client_DH_params",
          0x3bcbf734,
          "dh_gen_ok",
          0x46dc1fb9,
          "dh_gen_retry",
          0xa69dae02,
          "dh_gen_fail");

  private Constructors() {}

  /** The name, or null when it is not one of the key exchange. */
  static String name(int number) {
    return NAMES.get(number);
  }
}
