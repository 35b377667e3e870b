/** Decides when a sensor is read (Quartz), never what. */
package dev.forensics.indexer.schedule;
