/** Events in memory: kinds, their fields, columns of decoded events and how the kernel would print them. */
package io.trapline.schemas.event;
