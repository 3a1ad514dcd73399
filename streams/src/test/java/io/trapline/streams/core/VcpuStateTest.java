package io.trapline.streams.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VcpuStateTest {
    private static final Items COUNT_UP = new Items() {
        private long last;

        @Override
        public long next(long value) {
            return ++last;
        }

        @Override
        public int next(int ordinal) {
            return 1;
        }
    };

    @Test
    void everyItemIsSavedAndCopied() {
        VcpuState state = new VcpuState();
        state.each(COUNT_UP);
        VcpuState copy = new VcpuState();

        state.copyTo(copy);

        SavedItems saved = new SavedItems();
        copy.each(saved);
        SavedItems original = new SavedItems();
        state.each(original);
        assertThat(saved.values()).isEqualTo(original.values());
        assertThat(saved.values())
                .hasSize(items(VcpuState.class)
                        - 2
                        + items(Turn.class)
                        - 2
                        + items(LevelChanges.class)
                        + items(Injection.class)
                        + items(PresentL2.class)
                        - 1
                        + PresentL2.KEPT_MAX);
    }

    /** Parts are fields and no items. */
    private static int items(Class<?> type) {
        return (int) Stream.of(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(Field::getName)
                .count();
    }

    @Test
    void lossForgetsAllButNowi() {
        VcpuState state = new VcpuState();
        state.each(COUNT_UP);

        state.forgetAllButNowi();

        assertThat(state.nowi()).isTrue();
        assertThat(state.xfdKnown()).isFalse();
        assertThat(state.xfdErrKnown()).isFalse();
        assertThat(state.level()).isEqualTo(Level.UNKNOWN);
        assertThat(state.phase()).isEqualTo(Phase.UNKNOWN);
        assertThat(state.turn().open()).isFalse();
    }
}
