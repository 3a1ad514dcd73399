package io.trapline.producer.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The scenarios that ship with Trapline: YAML like anybody's, to run as they are or to begin from. */
public final class BuiltInScenarios {
    private static final String FOLDER = "/scenarios/";
    private static final String SUFFIX = ".yaml";

    /** In the order of a list: what it is about, from one guest to many. */
    private static final List<String> NAMES = List.of(
            "amx-tasks",
            "no-amx",
            "xfd-initialised",
            "amx-workers-slow",
            "amx-workers",
            "amx-workers-busy",
            "lazy-fpu",
            "lazy-fpu-and-amx",
            "l1-kvm-idle-amx",
            "l1-kvm-amx",
            "l1-and-l2-amx",
            "l1-open-amx",
            "l1-open-nm-amx",
            "l2-arms-first",
            "msr-filter",
            "msr-filter-reads",
            "migrated",
            "migrated-in-handler",
            "several-vcpus",
            "svm-plain",
            "svm-lazy-fpu",
            "svm-xfd-write",
            "svm-msr-filter",
            "svm-nested",
            "fleet");

    private BuiltInScenarios() {}

    public static List<String> names() {
        return NAMES;
    }

    /** The names that somebody may have meant who wrote this one. */
    public static List<String> near(String name) {
        return NearNames.of(name, NAMES);
    }

    /** The YAML of one of {@link #names}. */
    public static String text(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("no scenario " + name + " ships with Trapline");
        }
        try (InputStream in = BuiltInScenarios.class.getResourceAsStream(FOLDER + name + SUFFIX)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ScenarioFile read(String name) {
        try {
            return ScenarioReader.read(name + SUFFIX, text(name));
        } catch (InvalidScenario e) {
            throw new IllegalStateException("a scenario of our own is wrong", e);
        }
    }
}
