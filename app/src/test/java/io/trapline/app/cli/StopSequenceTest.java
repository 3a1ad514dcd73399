package io.trapline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopSequenceTest {

    private final List<String> closed = new ArrayList<>();

    @Test
    void theLastOpenedIsClosedFirstAndEachOnce() {
        StopSequence sequence = StopSequence.alsoOnSignal();
        sequence.add(() -> closed.add("broker"));
        sequence.add(() -> closed.add("topology"));

        sequence.close();
        sequence.close();

        assertThat(closed).containsExactly("topology", "broker");
    }

    @Test
    void oneThatFailsToCloseDoesNotKeepTheOthersOpen() {
        try (StopSequence sequence = StopSequence.alsoOnSignal()) {
            sequence.add(() -> closed.add("broker"));
            sequence.add(() -> {
                throw new IllegalStateException("this one does not close");
            });
        }

        assertThat(closed).containsExactly("broker");
    }

    @Test
    void whoWaitsForASignalGoesOnWhenTheSequenceCloses() throws InterruptedException {
        StopSequence sequence = StopSequence.alsoOnSignal();

        sequence.close();
        sequence.awaitSignal();
    }
}
