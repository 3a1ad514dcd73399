package io.trapline.streams.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever the state remembers can be shown: no item of {@code each} is left out of {@link StateItem}. */
class StateItemTest {
    private static final long[] VALUES = {0, 1, 2};

    @Test
    void everySavedItemShowsInANamedOne() {
        List<Integer> hidden = new ArrayList<>();
        for (int place = 0; place < saved(new VcpuState()).size(); place++) {
            if (!shows(place)) {
                hidden.add(place);
            }
        }

        assertThat(hidden)
                .as("places in VcpuState.each (from 0) of items that no StateItem shows: add a line for each")
                .isEmpty();
    }

    /** Whether another value there changes what is shown, be the rest of the state all 0 or all 1. */
    private static boolean shows(int place) {
        for (long rest : new long[] {0, 1}) {
            List<Long> numbers = new ArrayList<>(saved(new VcpuState()));
            numbers.replaceAll(number -> rest);
            StateReading zero = reading(numbers, place, VALUES[0]);
            for (long value : VALUES) {
                StateReading other = reading(numbers, place, value);
                if (zero != null && other != null && !agree(zero, other)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static StateReading reading(List<Long> numbers, int place, long value) {
        List<Long> changed = new ArrayList<>(numbers);
        changed.set(place, value);
        VcpuState state = new VcpuState();
        try {
            state.each(SavedItems.reader(changed));
        } catch (ArrayIndexOutOfBoundsException e) {
            return null; // An enum with fewer constants.
        }
        StateReading reading = new StateReading();
        reading.read(state);
        return reading;
    }

    private static boolean agree(StateReading one, StateReading other) {
        return Arrays.stream(StateItem.values()).allMatch(item -> one.agrees(item, other));
    }

    private static List<Long> saved(VcpuState state) {
        SavedItems saved = new SavedItems();
        state.each(saved);
        return saved.values();
    }

    @Test
    void whatIsNotKnownHasNoValue() {
        StateReading reading = new StateReading();
        reading.read(new VcpuState());

        assertThat(reading.text(StateItem.XFD)).isEqualTo("unknown");
        assertThat(reading.text(StateItem.NOWI)).isEqualTo("unknown");
        assertThat(reading.text(StateItem.LEVEL)).isEqualTo("unknown");
        assertThat(reading.text(StateItem.RECORDED)).isEqualTo("none");
        assertThat(reading.text(StateItem.TURN)).isEqualTo("over");
    }

    @Test
    void anUnknownValueIsNotItsOldOne() {
        VcpuState state = new VcpuState();
        state.learnXfd(0);
        StateReading zero = new StateReading();
        zero.read(state);
        state.forgetAllButNowi();
        StateReading unknown = new StateReading();
        unknown.read(state);

        assertThat(zero.text(StateItem.XFD)).isEqualTo("0x0");
        assertThat(zero.agrees(StateItem.XFD, unknown)).isFalse();
    }
}
