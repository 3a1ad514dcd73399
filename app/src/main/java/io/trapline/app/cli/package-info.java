/**
 * The command line: what a user may type, and what it answers. No class here names a Kafka class (a test says so), because
 * picocli loads them all and {@code analyze} must not pay for Kafka.
 */
package io.trapline.app.cli;
