/** The service: sensors that are followed by schedule, with health, metrics and packets. */
package dev.forensics.indexer.service;
