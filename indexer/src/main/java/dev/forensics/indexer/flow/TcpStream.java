package dev.forensics.indexer.flow;

/** In-order delivery of one direction of a TCP connection within bounds. */
final class TcpStream {}
