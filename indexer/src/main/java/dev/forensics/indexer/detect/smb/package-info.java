/** SMB 1, 2 and 3 over NBSS or direct TCP (MS-SMB, MS-SMB2). */
package dev.forensics.indexer.detect.smb;
