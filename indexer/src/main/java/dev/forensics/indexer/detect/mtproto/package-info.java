/**
 * MTProto, the protocol of Telegram: its envelope in HTTP bodies, and its TCP transports abridged,
 * intermediate, padded intermediate and full, also under obfuscation. Source: the public pages
 * core.telegram.org/mtproto/description, /mtproto-transports and /mtproto/transports.
 */
package dev.forensics.indexer.detect.mtproto;
