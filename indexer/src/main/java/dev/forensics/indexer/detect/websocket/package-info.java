/** WebSocket (RFC 6455): the frames behind an upgrade, and what is in them. */
package dev.forensics.indexer.detect.websocket;
