/**
 * From the final rows of one run to a document, and from that to text for people and JSON for programs. Knows neither
 * files nor Kafka, neither locale nor time zone.
 */
package io.trapline.app.report;
