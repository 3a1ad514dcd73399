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
        assertThat(saved.values()).hasSize(items(VcpuState.class));
    }

    /** A part is a field and no item: its own fields are. */
    private static int items(Class<?> type) {
        return Stream.of(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(Field::getType)
                .mapToInt(field -> isPart(field) ? items(field) : field.isArray() ? InterceptBits.MSRS_MAX : 1)
                .sum();
    }

    private static boolean isPart(Class<?> field) {
        return !field.isEnum() && !field.isPrimitive() && !field.isArray();
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
