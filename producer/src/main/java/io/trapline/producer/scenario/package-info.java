/** Scenarios: what the emulator runs, as YAML that a person reads and writes, with errors that name line and column. */
package io.trapline.producer.scenario;
