package io.trapline.producer.identity;

/** Events of one physical CPU were lost. {@code lost} is null where the source does not say how many. */
public record Loss(int cpu, Long lost, String reason, long line) {
    /** In place of a CPU: any of them may have lost something. */
    public static final int EVERY_CPU = -1;
}
