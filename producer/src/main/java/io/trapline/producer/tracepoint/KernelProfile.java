package io.trapline.producer.tracepoint;

import io.trapline.schemas.kernel.KernelRange;

/**
 * The kernels that a recording may be of.
 *
 * @param foundBy how they were found, and what bounded them
 * @param doubt what does not agree, in a sentence; null where all does
 */
public record KernelProfile(KernelRange kernels, String foundBy, String doubt) {}
