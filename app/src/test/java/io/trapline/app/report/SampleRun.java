package io.trapline.app.report;

import io.trapline.schemas.avro.Clock;
import io.trapline.schemas.avro.ClockUnit;
import io.trapline.schemas.avro.DurationStats;
import io.trapline.schemas.avro.EvidenceLine;
import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.avro.FamilyRecorded;
import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.avro.PolicyVerdictRow;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunSource;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.avro.StreamEndRow;
import io.trapline.schemas.avro.SummaryComplete;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.schemas.wire.OwnRecords;
import io.trapline.streams.cost.CostHistogram;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The rows of a small run, for a test to add to or to change. */
final class SampleRun {
    static final long HLT = 12;
    static final long CPUID = 10;
    static final long EXTERNAL_INTERRUPT = 1;
    static final long MSR_WRITE = 32;

    static final PolicyInfo P8 = new PolicyInfo(
            "P8",
            "Guest XFD synced on every slow-path exit once nowi",
            "LOST",
            "trace",
            true,
            List.of("kvm_exit", "msr"),
            "x86/fpu: Provide fpu_sync_guest_vmexit_xfd_state() (5429cead0119)",
            null,
            null);
    static final PolicyInfo P12 = new PolicyInfo(
            "P12",
            "First accepted non-zero XFD write is the last L1 XFD exit",
            "PERF",
            "trace",
            true,
            List.of("kvm_msr"),
            "nothing so far",
            null,
            null);
    static final PolicyInfo P23 = new PolicyInfo(
            "P23",
            "Entries and exits pair",
            "TRACE",
            "trace",
            true,
            List.of("kvm_entry", "kvm_exit"),
            "lost events that no marker shows",
            null,
            null);
    static final PolicyInfo P24 = new PolicyInfo(
            "P24", "A policy that is only a hint", "WRONG", "hint", true, List.of("sched_switch"), null, "6.9", null);

    static final SummaryAssembler ASSEMBLER = new SummaryAssembler(List.of(P23, P8, P24, P12), CycleCosts.defaults());

    static {
        OwnRecords.trust();
    }

    private static final String ANALYSIS = "live";
    private static final String ID = "sample.txt-0123456789ab";

    final Run run = Run.newBuilder()
            .setRun(ID)
            .setStatus(RunStatus.COMPLETE)
            .setSource(new RunSource("sample.txt", "ftrace text", "00", "trapline", null, null))
            .setClock(new Clock("unknown", ClockUnit.US, 1_000_000L))
            .setIsa(List.of("VMX"))
            .setKernelFrom("5.17")
            .setKernelTo("6.13")
            .setProfileFrom("format generation: from 5.17 (what came with it), up to 6.13 (what went with it)")
            .setStreams(new ArrayList<>())
            .setFamilies(new ArrayList<>())
            .setLines(120)
            .build();
    final List<ExitCostRow> exits = new ArrayList<>();
    final List<PolicyVerdictRow> verdicts = new ArrayList<>();
    final List<FindingRow> findings = new ArrayList<>();
    final List<StreamEndRow> streams = new ArrayList<>();

    /** Two vCPUs and a host stream, balanced; exits of four reasons; nothing judged yet. */
    static SampleRun ofTwoVcpus() {
        SampleRun sample = new SampleRun();
        sample.exit("9", 0, "L1", MSR_WRITE, "0x1c4 write", 1, 12, 15, 15, 30);
        sample.exit("9", 1, "L1", MSR_WRITE, "0x6e0 write", 0, 3, 4);
        sample.exit("9", 1, "L1", MSR_WRITE, "", 0, 2);
        sample.exit("9", 0, "L1", CPUID, "", 0, 70);
        sample.exit("9", 0, "L1", HLT, "", 0, 1_500_000, 2_500_000);
        sample.exit("9", 0, "L1", EXTERNAL_INTERRUPT, "", 1);
        sample.exit("9", 0, "L2", CPUID, "", 0, 0);
        sample.stream(
                "9", 0, 26, 0, Map.of(EventKind.VM_ENTRY, 9L, EventKind.VM_EXIT, 10L, EventKind.CPUID_EXECUTED, 7L));
        sample.stream("9", 1, 6, 0, Map.of(EventKind.VM_ENTRY, 3L, EventKind.VM_EXIT, 3L));
        sample.stream("host", 0, 1, 2, Map.of(EventKind.OTHER_EVENT, 1L));
        sample.streamEnd(0, row -> {
            row.setEntries(9L);
            row.setExits(10L);
            row.setSamples(8L);
            row.setOpen(2L);
            row.setEntriesAlone(1L);
            times(row, 121_700, 4_000_130);
        });
        sample.streamEnd(1, row -> {
            row.setEntries(3L);
            row.setExits(3L);
            row.setSamples(3L);
            times(row, 4_161_000, 9);
        });
        return sample;
    }

    /** The rest of the stream's time is unknown. */
    static void times(StreamEndRow row, long guest, long host) {
        row.setGuestTime(guest);
        row.setHostTime(host);
        row.setUnknownTime(row.getToTime() - row.getFromTime() - guest - host);
    }

    /** The same, with findings, verdicts of every kind, losses. */
    static SampleRun withFindings() {
        SampleRun sample = ofTwoVcpus();
        sample.run.setUnparsed(1L);
        sample.run.setLost(306L);
        sample.streamEnd(1, row -> row.setGaps(1L));
        sample.verdict("P8", 40, 1, 3);
        sample.verdict("P12", 0, 2, 0);
        sample.verdict("P23", 11, 0, 1);
        sample.verdict("P24", 0, 0, 0);
        sample.finding("P23", "TRACE", "9", 1, 4, 1, "none");
        sample.finding("P8", "LOST", "9", 0, 14, 3, "no read_msr 1c4");
        return sample;
    }

    private SampleRun() {}

    void exit(String vm, int vcpu, String level, long reason, String detail, long open, long... durations) {
        exits.add(new ExitCostRow(
                ANALYSIS,
                ID,
                vm,
                vcpu,
                level,
                ExitReasons.VMX,
                reason,
                detail,
                -1L,
                false,
                open,
                stats(durations),
                0L,
                0L,
                0L,
                0L,
                0L));
    }

    static DurationStats stats(long... durations) {
        TreeMap<Integer, Long> buckets = new TreeMap<>();
        BigInteger squares = BigInteger.ZERO;
        long sum = 0;
        for (long duration : durations) {
            sum += duration;
            squares = squares.add(BigInteger.valueOf(duration).pow(2));
            buckets.merge(CostHistogram.bucketOf(duration), 1L, Long::sum);
        }
        return new DurationStats(
                (long) durations.length,
                sum,
                squares.shiftRight(Long.SIZE).longValueExact(),
                squares.longValue(),
                Arrays.stream(durations).min().orElse(0),
                Arrays.stream(durations).max().orElse(0),
                new ArrayList<>(buckets.keySet()),
                new ArrayList<>(buckets.values()));
    }

    void verdict(String policy, long checked, long undecided, long violations) {
        verdict(policy, checked, undecided, violations, null);
    }

    /** Undecided as the run may be of these kernels. */
    void verdict(String policy, long checked, long undecided, long violations, String decidedBy) {
        verdicts.add(new PolicyVerdictRow(
                ANALYSIS, ID, policy, "", -1, false, checked, undecided, violations, 0L, decidedBy));
    }

    void finding(String policy, String severity, String vm, int vcpu, long seq, long repeats, String observed) {
        long line = 100 + seq;
        long time = 13_738_170 + seq;
        findings.add(FindingRow.newBuilder()
                .setAnalysis(ANALYSIS)
                .setRun(ID)
                .setId(policy + "-" + vm + "-" + vcpu + "-cause")
                .setPolicy(policy)
                .setSeverity(severity)
                .setVm(vm)
                .setVcpu(vcpu)
                .setLevel("L1")
                .setSeq(seq)
                .setTime(time)
                .setSource(line)
                .setCause("cause")
                .setRepeats(repeats)
                .setFirstSeq(seq)
                .setLastSeq(seq + 5 * (repeats - 1))
                .setExpected(
                        "read_msr 1c4 between kvm_exit MSR_WRITE and IRQs on, as nowi is set by a write long ago that"
                                + " the guest made itself")
                .setObserved(observed)
                .setRule("R15")
                .setEvidence(List.of(
                        new EvidenceLine(seq - 3, time - 3, line - 3, "kvm_msr: msr_write 1c4 = 0x40000"),
                        new EvidenceLine(
                                seq,
                                time,
                                line,
                                "kvm_exit: vcpu 0 reason MSR_WRITE rip 0xffffffff81000000 info1 0x0000000000000000 info2"
                                        + " 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000")))
                .setStateBefore(Map.of("nowi", "true", "guest_xfd", "0x40000"))
                .setStateAfter(Map.of("nowi", "true", "guest_xfd", "unknown"))
                .setRestsOnAbsence(true)
                .setAwaits(List.of())
                .setLegalFrom(null)
                .setLegalUpTo(null)
                .setProvisional(false)
                .build());
    }

    void stream(String vm, int vcpu, long events, long copies, Map<EventKind, Long> kinds) {
        run.getStreams()
                .add(RunStream.newBuilder()
                        .setVm(vm)
                        .setVcpu(vcpu)
                        .setLastSeq(events + copies - 1)
                        .setEvents(events)
                        .setPartition(0)
                        .setFirstOffset(0)
                        .setLastOffset(0)
                        .build());
        Long[] byKind = new Long[EventKind.CODES];
        Arrays.fill(byKind, 0L);
        kinds.forEach((kind, count) -> byKind[kind.code()] = count);
        streams.add(new StreamEndRow(
                ANALYSIS,
                ID,
                vm,
                vcpu,
                events + copies - 1,
                events,
                new ArrayList<>(List.of(byKind)),
                copies,
                0L,
                0L,
                0L,
                0L,
                0L,
                0L,
                0L,
                0L,
                13_738_170L - vcpu,
                17_900_000L + vcpu,
                EventFamily.ENTRY.bit() | EventFamily.EXIT.bit(),
                1 << ExitReasons.VMX,
                0L,
                0L,
                0L,
                4_161_830L + 2 * vcpu,
                0L,
                0L,
                0L,
                0L,
                0L));
    }

    void streamEnd(int place, Consumer<StreamEndRow> change) {
        change.accept(streams.get(place));
    }

    void recorded(EventFamily family) {
        run.getFamilies().add(new FamilyRecorded(family.title(), true, false));
    }

    /** All rows, the complete one last. */
    List<SummaryRow> rows() {
        List<SummaryRow> rows = new ArrayList<>();
        exits.forEach(exit -> rows.add(row(row -> row.setExit(exit))));
        findings.forEach(finding -> rows.add(row(row -> row.setFinding(finding))));
        verdicts.forEach(verdict -> rows.add(row(row -> row.setVerdict(verdict))));
        rows.add(row(row -> row.setDescription(run)));
        streams.forEach(stream -> rows.add(row(row -> row.setStreamEnd(stream))));
        long others = rows.size();
        rows.add(row(row -> row.setComplete(new SummaryComplete(others, List.of()))));
        return rows;
    }

    private static SummaryRow row(Consumer<SummaryRow> content) {
        SummaryRow row = new SummaryRow();
        row.setAnalysis(ANALYSIS);
        row.setRun(ID);
        content.accept(row);
        return row;
    }

    SummaryDocument document() {
        return ASSEMBLER.assemble(rows());
    }
}
