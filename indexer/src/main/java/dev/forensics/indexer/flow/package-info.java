/**
 * Decoded packets to bidirectional flows: table, TCP state, time-outs by packet time, reassembly.
 * In: {@link dev.forensics.indexer.decode.DecodedPacket}. Out: calls to a {@link
 * dev.forensics.indexer.flow.FlowObserver}. Knows no application protocol.
 *
 * <p>One {@link dev.forensics.indexer.flow.FlowTable} a worker, on one thread. The rules:
 *
 * <ul>
 *   <li><b>Key</b>: IP version, protocol, addresses and ports, without direction; VLAN ids and the
 *       innermost tunnel only where the settings say so (the two directions of GTP-U differ in
 *       their tunnel id, so they are then two flows).
 *   <li><b>Time</b>: packet time; the wall clock ends nothing. A flow is judged by the times of its
 *       own packets: it is over when one of them is later than the one before by more than the
 *       time-out, to the nanosecond, and a deadline that an observer has set takes effect before
 *       any packet as late. The sensor's clock does the same when no such packet comes, 1 s later
 *       at least: packets may come that much behind the clock. What fell due for a flow comes in
 *       the order of its moments, with the times of these moments, however late somebody looks. So
 *       neither batches, nor files, nor the number of workers, nor other traffic change a flow;
 *       only the table's caps do, which are divided among the workers. Where a packet is further
 *       behind the clock (captures joined end to end), the clock at its arrival counts as well.
 *       Where its timestamp is ahead of the clock, the clock counts. Over a step of the clock, with
 *       no packet of the sensor in between, a flow does not age for a packet that goes on exactly
 *       with it: see {@code ClockEras} and {@code Continuation}. A clock that is set back ends
 *       nothing. While all packets behind it are copies, a capture is read again: time stands still
 *       for the table's flows. With the first other packet, no flow was seen later than the clock
 *       said when it was set back.
 *   <li><b>Which side originates</b>: see {@code Orientation}. An observer that knows better from
 *       the protocol sets {@link dev.forensics.indexer.flow.Flow#opener}.
 *   <li><b>TCP</b>: states and history as Zeek's. FIN of both sides or a plausible RST closes the
 *       connection; it lingers, so that late packets count in it. A RST behind which the connection
 *       goes on is taken back: see {@code Resets}. A SYN with another sequence number on a closed,
 *       silent or midstream connection begins a new flow (REUSED); inside a busy one only once the
 *       responder has answered it, so that a forged SYN cuts nothing.
 *   <li><b>Reassembly</b>: in order, each byte once; of bytes seen twice the first seen win, and
 *       others are a conflict: see {@code Conflicts}; holes are gaps, never filler. Bounds and when
 *       a hole is given up: see {@code Reassembler}. The stream begins behind the SYN, or midstream
 *       with the first payload seen. Keep-alive probes are no payload. Once a direction is refused,
 *       only lengths are followed: a segment behind a hole then moves the expected number on, and
 *       what fills the hole counts as sent again.
 *   <li><b>Copies</b> of packets are counted and otherwise ignored: see {@code DuplicateFilter}; so
 *       is a capture that is repeated behind its end: see {@code EarlierFlows}. Two flows with the
 *       same key whose first packets have the same time and content are one: the second is a
 *       repetition of the first.
 *   <li><b>Segments</b>: a flow is cut at its first packet in another cell of a grid as wide as the
 *       active time-out, shifted by a hash of its key so that not all flows are cut at once. While
 *       bytes are kept out of order the cut waits, 10 s at most. The segment is reported by
 *       flowEnded with ACTIVE; then the same {@link dev.forensics.indexer.flow.Flow} goes on with
 *       counters from zero, history, first payload and packet pointers from the beginning; start
 *       time and first packet of the whole flow, TCP state, kept bytes, refusals and attachment
 *       stay.
 *   <li><b>Eviction</b>: when the table holds too many flows, or what is known of them takes too
 *       much memory, the least recently seen one ends, to the tick of its time-out's queue (1/512
 *       of the time-out) and whether it was seen again since.
 *   <li><b>Replay</b>: a {@link dev.forensics.indexer.flow.StartSet} holds where each open flow's
 *       segment began. Read again from the first of these positions, the table rebuilds exactly
 *       these flows and skips the packets of others. What an observer knew when the segment began
 *       is given back to it; the memory bound waits for the end of the replay. A flow's content can
 *       differ from the uninterrupted run's only where the table's caps took effect, or where
 *       packet times ran ahead of the clock before the first replayed packet.
 * </ul>
 */
package dev.forensics.indexer.flow;
