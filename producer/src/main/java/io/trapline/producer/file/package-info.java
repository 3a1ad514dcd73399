/** Runs as files: {@code .trapline}, an Avro object container of the records that the log holds. Knows no Kafka. */
package io.trapline.producer.file;
