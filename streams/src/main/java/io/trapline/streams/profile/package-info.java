/** What the user says besides the log, and which variant of a rule holds in which kernels. */
package io.trapline.streams.profile;
