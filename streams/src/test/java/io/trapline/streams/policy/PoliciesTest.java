package io.trapline.streams.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PoliciesTest {
    static java.util.List<Policy> all() {
        return Policies.ALL;
    }

    @ParameterizedTest
    @MethodSource("all")
    void aPolicySaysWhatItDetectsAndNamesItself(Policy policy) throws IOException {
        String name = policy.getClass().getSimpleName();
        String source = Files.readString(Path.of("src/main/java/io/trapline/streams/policy/" + name + ".java"));

        assertThat(source).containsPattern("/\\*\\*\\s+(\\* )?Detects ");
        assertThat(name).startsWith(policy.id());
        assertThat(policy.description().title()).isNotBlank();
        assertThat(policy.description().needs()).isNotEmpty();
        assertThat(policy.occasions()).isNotEmpty();
        assertThat(policy.description().rule()).matches("R\\d+");
        assertThat(policy.description().detects()).as("a paragraph in Detects").isNotBlank();
    }

    /** {@code policies show} names the kernels that a violation is dropped for. */
    @ParameterizedTest
    @MethodSource("all")
    void aPolicyListsTheKernelsInWhichItsViolationsAreSound(Policy policy) throws IOException {
        String name = policy.getClass().getSimpleName();
        String source = Files.readString(Path.of("src/main/java/io/trapline/streams/policy/" + name + ".java"));

        assertThat(policy.sound().isEmpty())
                .as(name + " calls soundIn, so its sound() lists what is sound where")
                .isEqualTo(!source.contains(".soundIn("));
    }
}
