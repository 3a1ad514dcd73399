package io.trapline.app.proof;

import java.util.List;
import java.util.Set;

/**
 * What has to be found in a broken recording: by one of {@code caughtBy} at least, and by no other than these and
 * {@code mayFollow}. Nobody has to catch what is still legal; {@code why} says why it is, or what is wrong.
 */
record Foretold(Set<String> caughtBy, Set<String> mayFollow, String why) {
    static Foretold caught(String policy, String why, String... mayFollow) {
        return new Foretold(Set.of(policy), Set.copyOf(List.of(mayFollow)), why);
    }

    static Foretold legal(String why, String... mayFollow) {
        return new Foretold(Set.of(), Set.copyOf(List.of(mayFollow)), why);
    }

    boolean isLegal() {
        return caughtBy.isEmpty();
    }

    boolean allows(String policy) {
        return caughtBy.contains(policy) || mayFollow.contains(policy);
    }
}
