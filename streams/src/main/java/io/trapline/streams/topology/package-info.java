/** The Kafka Streams topology that hosts the replay core: it wires, loads, stores and forwards, and decides nothing. */
package io.trapline.streams.topology;
