package io.trapline.producer.emulator;

/** Whose virtualization the host has. */
public enum Isa {
    VMX(1),
    SVM(2);

    private final int number;

    Isa(int number) {
        this.number = number;
    }

    /** As the tracepoints number them. */
    int number() {
        return number;
    }
}
