package io.trapline.producer.emulator;

import java.util.Objects;

/**
 * What runs: a host with its guests, under a name.
 *
 * @param name begins the run's id
 * @param canonical everything about the guests that decides about the bytes and is not in the options
 */
public record Subject(String name, String canonical, HostSetup host) {
    public Subject {
        Objects.requireNonNull(name);
        Objects.requireNonNull(canonical);
        Objects.requireNonNull(host);
    }
}
