/** RDP's connection request and confirm (TPKT, X.224; MS-RDPBCGR 2.2.1). */
package dev.forensics.indexer.detect.rdp;
