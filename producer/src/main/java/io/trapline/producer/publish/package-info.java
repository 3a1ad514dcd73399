/**
 * Events into the log: cuts them into chunks, sends them in transactions, and keeps the record of the run true at every moment
 * (open, then complete with where its streams lie, or aborted). Knows Kafka; the sources of events do not.
 */
package io.trapline.producer.publish;
