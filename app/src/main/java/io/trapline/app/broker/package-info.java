/**
 * Where the Kafka cluster of a command comes from: one that is named, one that is alive in the data directory, or one started
 * in this process. Only {@link io.trapline.app.broker.KraftNode} touches Kafka's internal classes.
 */
package io.trapline.app.broker;
