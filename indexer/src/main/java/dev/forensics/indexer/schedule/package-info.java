/**
 * Decides when a sensor is read (Quartz), never what.
 *
 * <p>In: sensors that want to be ticked, other indexers. Out: ticks, one at a time for each sensor.
 * It must not know what a tick does.
 */
package dev.forensics.indexer.schedule;
