/** The whole fold of one stream, which all drivers share: replay, policies and exit costs over chunks, into rows. */
package io.trapline.streams.fold;
