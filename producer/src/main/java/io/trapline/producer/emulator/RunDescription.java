package io.trapline.producer.emulator;

import io.trapline.producer.RecordingSummary;
import io.trapline.schemas.avro.Clock;
import io.trapline.schemas.avro.ClockUnit;
import io.trapline.schemas.avro.FamilyRecorded;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunSource;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.avro.StreamThread;
import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.wire.OwnRecords;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/** How a run of the emulator presents itself: id, source, and what it claims to have recorded. */
final class RunDescription {
    private static final String TOOL = "trapline-emulator";
    /** Part of every run id: raised when the same options begin to give other bytes. */
    private static final int BEHAVIOUR = 3;

    /** Name of a VM that is the only one. */
    static final String FIRST_VM = "1";

    private static final long CLOCK_HZ = 1_000_000_000L;
    private static final int ID_HEX_DIGITS = 12;

    static {
        // Avro does not even build a record of ours before its package is trusted.
        OwnRecords.trust();
    }

    private final EmulatorOptions options;
    private final Subject subject;
    private final String sha256;

    RunDescription(EmulatorOptions options, Subject subject) {
        this.options = options;
        this.subject = subject;
        // The options and the guests are the content: the same ones give the same bytes.
        String guests = subject.canonical().isEmpty() ? "" : "|" + subject.canonical();
        sha256 = sha256(TOOL + "/" + BEHAVIOUR + "|" + options.canonical() + guests);
    }

    String id() {
        return name() + "-" + sha256.substring(0, ID_HEX_DIGITS);
    }

    /** Before the first event: nothing has been seen, no stream is known. */
    Run open() {
        return describe(RunStatus.OPEN, family -> false).build();
    }

    Run complete(RunStreams streams) {
        List<StreamColumns> recorded = streams.recorded();
        long kinds = recorded.stream().mapToLong(StreamColumns::kindsSeen).reduce(0, (all, some) -> all | some);
        Predicate<EventFamily> seen =
                family -> kindsOf(family).stream().anyMatch(kind -> (kinds & 1L << kind.code()) != 0);
        return describe(RunStatus.COMPLETE, seen)
                .setStreams(recorded.stream().map(RunDescription::describe).toList())
                .setLines(recorded.stream().mapToLong(StreamColumns::events).sum())
                .build();
    }

    private static RunStream describe(StreamColumns stream) {
        StreamKey key = stream.stream();
        return RunStream.newBuilder()
                .setVm(key.vm())
                .setVcpu(key.vcpu())
                .setLastSeq(stream.events() - 1)
                .setEvents(stream.events())
                .setPartition(RecordingSummary.NOT_STORED)
                .setFirstOffset(RecordingSummary.NOT_STORED)
                .setLastOffset(RecordingSummary.NOT_STORED)
                .setThreads(
                        stream.thread() == StreamColumns.NO_THREAD
                                ? List.of()
                                : List.of(new StreamThread(stream.thread(), "CPU " + key.vcpu() + "/KVM")))
                .build();
    }

    private Run.Builder describe(RunStatus status, Predicate<EventFamily> seen) {
        List<FamilyRecorded> families = Arrays.stream(EventFamily.values())
                .map(family -> new FamilyRecorded(family.title(), isRecorded(family), seen.test(family)))
                .toList();
        return Run.newBuilder()
                .setRun(id())
                .setStatus(status)
                .setSource(new RunSource(
                        name(),
                        "emulator",
                        sha256,
                        TOOL + "/" + BEHAVIOUR,
                        options.profile().version(),
                        options.costs().name()))
                .setClock(new Clock("mono", ClockUnit.NS, CLOCK_HZ))
                .setIsa(List.of(subject.host().isa().name()))
                .setKernelFrom(options.profile().version())
                .setKernelTo(options.profile().version())
                .setProfileFrom("emulator")
                .setGuestCpuidXfd(guestXfd())
                .setFamilies(families);
    }

    private String name() {
        return subject.name() + "-seed-" + options.seed();
    }

    /** Null where some guests have it and others do not. */
    private Boolean guestXfd() {
        long with = subject.host().vms().stream().filter(VmSetup::guestXfd).count();
        return with == 0 || with == subject.host().vms().size() ? Boolean.valueOf(with > 0) : null;
    }

    /** Whether an event of the family would be there if it had happened. Claiming more would turn gaps into verdicts. */
    private boolean isRecorded(EventFamily family) {
        return switch (family) {
            case ENTRY,
                    EXIT,
                    GUEST_MSR,
                    EXCEPTION,
                    HOST_MSR_XFD,
                    HOST_READ_XFD,
                    HOST_WRITE_XFD,
                    INJECTION,
                    NESTED,
                    NESTED_ENTRY,
                    NESTED_EXIT,
                    NESTED_REFLECTED,
                    NESTED_INTERCEPTS,
                    USERSPACE,
                    CPUID,
                    CR,
                    FPU -> true;
            case SCHED, IRQ -> false;
            case XSTATE -> options.hostEvents();
            case ENTRY_INJECTION -> options.profile().printsEntryInjection();
            case GROUND_TRUTH -> options.groundTruth();
        };
    }

    private List<EventKind> kindsOf(EventFamily family) {
        return switch (family) {
            case ENTRY -> List.of(EventKind.VM_ENTRY);
            case EXIT, EXCEPTION -> List.of(EventKind.VM_EXIT);
            case GUEST_MSR -> List.of(EventKind.GUEST_MSR_ACCESS);
            case HOST_MSR_XFD, HOST_READ_XFD, HOST_WRITE_XFD -> List.of(EventKind.HOST_MSR_ACCESS);
            case INJECTION -> List.of(EventKind.EXCEPTION_INJECTED);
            case USERSPACE -> List.of(EventKind.USERSPACE_EXIT);
            case CPUID -> List.of(EventKind.CPUID_EXECUTED);
            case FPU -> List.of(EventKind.FPU_SWITCH);
            case GROUND_TRUTH -> List.of(EventKind.EXCEPTION_BITMAP_CHANGED);
            case NESTED, NESTED_ENTRY -> List.of(EventKind.NESTED_ENTRY);
            case NESTED_EXIT -> List.of(EventKind.NESTED_EXIT);
            case NESTED_REFLECTED -> List.of(EventKind.NESTED_EXIT_REFLECTED);
            case NESTED_INTERCEPTS -> List.of(EventKind.NESTED_INTERCEPTS);
            case CR -> List.of(EventKind.CR_ACCESS);
            case XSTATE -> List.of(EventKind.XSTATE_EVENT);
            case ENTRY_INJECTION -> options.profile().printsEntryInjection() ? List.of(EventKind.VM_ENTRY) : List.of();
            case SCHED, IRQ -> List.of();
        };
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
