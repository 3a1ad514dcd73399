/** What leaves an importer or the emulator: events to a sink, and at the end a summary with the problems of the input. */
package io.trapline.producer;
