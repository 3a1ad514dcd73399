package io.trapline.producer.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.producer.EventSink;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.event.EventFields.VmExit;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.table.ExitReasons;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One run, printed in several forms: the same exits whatever printed them. */
class FormsAgreeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amd-svm/linux-6.1/06-tracecmd-local",
                "amd-svm/linux-6.1/06-tracecmd-mono",
                "amd-svm/linux-6.1/06-tracecmd-x86-tsc",
                "amd-svm/linux-5.10/06-tracecmd",
                "intel-vmx/linux-6.1/06-tracecmd",
                "intel-vmx/linux-5.10/06-tracecmd"
            })
    void pluginKernelTextRawAndFullTimesHaveTheSameExits(String folder) throws IOException, UnreadableInput {
        Map<String, Map<String, Long>> byForm = new TreeMap<>();
        for (String name : Recordings.all()) {
            if (name.startsWith(folder + "/report")) {
                byForm.put(name, exits(name));
            }
        }

        assertThat(byForm).hasSizeGreaterThanOrEqualTo(3);
        Map<String, Long> expected = byForm.values().iterator().next();
        assertThat(expected).hasSizeGreaterThan(5);
        assertThat(byForm.values()).allSatisfy(exits -> assertThat(exits).isEqualTo(expected));
    }

    @Test
    void perfAndFtraceSawTheSameExits() throws IOException, UnreadableInput {
        String folder = "amd-svm/linux-6.1/07-perf-and-ftrace-same-run/";

        assertThat(exits(folder + "script.txt.xz")).isEqualTo(exits(folder + "trace.txt.xz"));
    }

    /** Exits by vCPU and reason. The VM may be named differently: perf does not say which process a thread belongs to. */
    private static Map<String, Long> exits(String name) throws IOException, UnreadableInput {
        Map<String, Long> exits = new TreeMap<>();
        EventView event = new EventView();
        EventSink count = events -> {
            for (int row = 0; row < events.count(); row++) {
                event.on(events, row);
                if (event.kind() == EventKind.VM_EXIT) {
                    String reason = ExitReasons.name((int) event.get(VmExit.ISA), event.get(VmExit.EXIT_REASON));
                    exits.merge(events.stream().vcpu() + " " + reason, 1L, Long::sum);
                }
            }
        };
        Recordings.importFile(name, RecordingImporter.CHUNK_EVENTS_MAX, count);
        return exits;
    }
}
