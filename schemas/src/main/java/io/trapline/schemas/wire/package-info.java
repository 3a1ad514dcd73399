/** The wire form of chunks and records: columnar encoder and decoder, single-object envelopes, known schemas. */
package io.trapline.schemas.wire;
