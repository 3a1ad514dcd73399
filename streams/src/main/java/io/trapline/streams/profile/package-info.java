/** Which variant of a rule holds in which kernels. */
package io.trapline.streams.profile;
