/** Kafka's view of the wire: serdes and the client of a schema registry. The only package here that knows Kafka. */
package io.trapline.schemas.serde;
