/** Versions of the kernel that may have written a recording. */
package io.trapline.schemas.kernel;
