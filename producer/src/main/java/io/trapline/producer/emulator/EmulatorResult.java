package io.trapline.producer.emulator;

import io.trapline.schemas.avro.Run;

/**
 * What a run was: its description, complete but for where a publisher has put its stream, and what the guest noticed.
 */
public record EmulatorResult(Run run, GuestReport guest) {}
