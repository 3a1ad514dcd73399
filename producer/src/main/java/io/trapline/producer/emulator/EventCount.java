package io.trapline.producer.emulator;

/** Events of all vCPUs of a run: what its limit is about. */
final class EventCount {
    private long events;

    void add() {
        events++;
    }

    long events() {
        return events;
    }
}
