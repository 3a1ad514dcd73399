/** Opens recordings: plain, gzip, zstd or xz by their first bytes, from a file or stdin, with the digest of what was read. */
package io.trapline.producer.source;
