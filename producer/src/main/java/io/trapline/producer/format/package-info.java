/** What formats there are, and which one an input has. */
package io.trapline.producer.format;
