/** OpenVPN's control channel over UDP and TCP. */
package dev.forensics.indexer.detect.openvpn;
