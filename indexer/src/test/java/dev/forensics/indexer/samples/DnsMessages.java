package dev.forensics.indexer.samples;

/** DNS over UDP (RFC 1035): a question for an IPv4 address, and its answer. */
public final class DnsMessages {
  private DnsMessages() {}

  public static byte[] question(int id, String name) {
    return message(id, 0x0100, 0, name).toArray();
  }

  public static byte[] answer(int id, String name, byte[] address) {
    Bytes message = message(id, 0x8180, 1, name);
    message.u16(0xC00C).u16(1).u16(1).u32(300).block(2, data -> data.raw(address));
    return message.toArray();
  }

  private static Bytes message(int id, int flags, int answers, String name) {
    Bytes message = new Bytes().u16(id).u16(flags).u16(1).u16(answers).u16(0).u16(0);
    for (String label : name.split("\\.", -1)) {
      message.block(1, text -> text.text(label));
    }
    return message.u8(0).u16(1).u16(1);
  }
}
