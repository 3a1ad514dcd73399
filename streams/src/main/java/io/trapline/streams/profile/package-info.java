/** Which kernels a recording may be of, and which rule holds in which of them. */
package io.trapline.streams.profile;
