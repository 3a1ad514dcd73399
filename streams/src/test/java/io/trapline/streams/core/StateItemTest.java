package io.trapline.streams.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever the state remembers can be shown: no item of {@code each} is left out of {@link StateItem}. */
class StateItemTest {
    private static final long[] VALUES = {0, 1, 2};

    @Test
    void everySavedItemShowsInANamedOne() throws IllegalAccessException {
        List<String> hidden = new ArrayList<>();
        for (int place = 0; place < saved(new VcpuState()).size(); place++) {
            if (!shows(place)) {
                hidden.addAll(fields(place));
            }
        }

        assertThat(hidden)
                .as("fields that no StateItem shows: add a line for each")
                .isEmpty();
    }

    /** The fields that the place in the list of items belongs to; none where it is one of many in a table. */
    private static List<String> fields(int place) throws IllegalAccessException {
        List<Long> numbers = new ArrayList<>(saved(new VcpuState()));
        numbers.replaceAll(number -> 0L);
        Map<String, Object> before = new TreeMap<>();
        collect(state(numbers), before);
        numbers.set(place, 1L);
        Map<String, Object> after = new TreeMap<>();
        collect(state(numbers), after);
        return after.keySet().stream()
                .filter(name -> !after.get(name).equals(before.get(name)))
                .toList();
    }

    private static VcpuState state(List<Long> numbers) {
        VcpuState state = new VcpuState();
        state.each(SavedItems.reader(numbers));
        return state;
    }

    private static void collect(Object part, Map<String, Object> values) throws IllegalAccessException {
        for (Field field : part.getClass().getDeclaredFields()) {
            boolean ofState =
                    !Modifier.isStatic(field.getModifiers()) && !field.getType().isArray();
            if (ofState) {
                field.setAccessible(true);
                Object value = field.get(part);
                if (field.getType().isPrimitive() || field.getType().isEnum()) {
                    values.put(part.getClass().getSimpleName() + "." + field.getName(), value);
                } else {
                    collect(value, values);
                }
            }
        }
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
        try {
            StateReading reading = new StateReading();
            reading.read(state(changed));
            return reading;
        } catch (ArrayIndexOutOfBoundsException e) {
            return null; // An enum with fewer constants.
        }
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
