package io.trapline.producer.emulator;

import io.trapline.schemas.avro.Run;

/**
 * What a run was: its description, complete but for where a publisher has put its stream, and what the guests noticed.
 *
 * @param kernelFaults #NM that the host's own kernel took: a real host would have died of the first
 */
public record EmulatorResult(Run run, GuestReport guest, long kernelFaults) {}
