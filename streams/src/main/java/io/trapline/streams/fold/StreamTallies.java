package io.trapline.streams.fold;

import io.trapline.schemas.avro.EvidenceLine;
import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.avro.PolicyVerdictRow;
import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.kernel.KernelRange;
import io.trapline.streams.core.Level;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import io.trapline.streams.policy.Judgement;
import io.trapline.streams.policy.Occasion;
import io.trapline.streams.policy.Policies;
import io.trapline.streams.policy.Policy;
import io.trapline.streams.policy.Severity;
import io.trapline.streams.policy.Violation;
import io.trapline.streams.profile.AnalysisInputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the policies have said of one stream: counts per policy, and findings, one per policy and cause. */
final class StreamTallies implements Judgement {
    /** Findings of one stream; a policy's further causes are one finding more, {@link #OTHER_CAUSE}. */
    static final int FINDINGS_MAX = 64;

    static final String OTHER_CAUSE = "other";

    private static final int NONE_FRESH = Integer.MAX_VALUE;

    private static final int CHECKED = 0;
    private static final int UNDECIDED = 1;
    private static final int VIOLATIONS = 2;
    private static final int HELD = 3;
    private static final int CHANGED = 4;
    private static final int NUMBERS = 5;

    /** Gives the lines of evidence of the occasion at hand. */
    interface Evidence {
        List<EvidenceLine> lines(boolean withNowiProof);
    }

    private final String analysis;
    private final StreamKey stream;
    private final List<Policy> policies;
    private final Evidence evidence;
    private final long[][] counts = new long[Policies.ALL.size()][NUMBERS];
    private final List<FindingRow> findings = new ArrayList<>();
    /** What each finding was made of; null where it comes from stored state. */
    private final List<Violation> violations = new ArrayList<>();

    /** For each finding the repeats that went out last. */
    private final List<Long> sent = new ArrayList<>();

    /** Findings from this place on are of the event at hand: the state behind it is not known yet. */
    private int fresh = NONE_FRESH;

    private RowSink sink;
    private int asked;
    private VcpuState state;
    private Turn turn;
    private boolean ofTurn;
    private long seq;
    private long source;

    StreamTallies(AnalysisInputs inputs, StreamKey stream, Evidence evidence) {
        analysis = inputs.analysis();
        this.stream = stream;
        policies = Policies.under(inputs);
        this.evidence = evidence;
    }

    /** Where findings go that are seen for the first time. */
    void sendTo(RowSink newSink) {
        sink = newSink;
    }

    /** A turn has got its entry: asks the policies that it concerns. Most turns concern few. */
    void turnEnded(VcpuState at) {
        Turn ended = at.turn();
        askTurn(Occasion.TURN_ENDED, at);
        askTurnIf(ended.isDeviceNotAvailable(), Occasion.NM_TURN_ENDED, at);
        askTurnIf(ended.isNm(), Occasion.ANY_NM_TURN_ENDED, at);
        askTurnIf(ended.level() == Level.L2 || ended.levelAtExit() == Level.L2, Occasion.L2_TURN_ENDED, at);
        askTurnIf(ended.injection().announced(), Occasion.INJECTING_TURN_ENDED, at);
        askTurnIf(ended.synced(), Occasion.SYNCED_TURN, at);
        askTurnIf(ended.msrAccesses() > 0, Occasion.MSR_TURN_ENDED, at);
        boolean refused = ended.refusedAccess().seen() || at.keptXfd().shown();
        askTurnIf(refused, Occasion.REFUSED_XFD_TURN_ENDED, at);
        askTurnIf(at.seen(EventFamily.GROUND_TRUTH), Occasion.ASSERTED_TURN_ENDED, at);
    }

    /** A turn will not get its entry: asks those that judge its irqoff window. */
    void turnBroken(VcpuState at) {
        askTurn(Occasion.TURN_BROKEN, at);
        askTurnIf(at.turn().isDeviceNotAvailable(), Occasion.NM_TURN_BROKEN, at);
        askTurnIf(at.turn().synced(), Occasion.SYNCED_TURN, at);
    }

    private void askTurnIf(boolean concerned, Occasion occasion, VcpuState at) {
        if (concerned) {
            askTurn(occasion, at);
        }
    }

    private void askTurn(Occasion occasion, VcpuState newState) {
        ofTurn = true;
        seq = newState.turn().seq();
        source = newState.turn().source();
        ask(occasion, newState);
    }

    /** Asks the policies that judge the event at hand. */
    void askEvent(Occasion occasion, VcpuState newState, long newSeq, long newSource) {
        ofTurn = false;
        seq = newSeq;
        source = newSource;
        ask(occasion, newState);
    }

    private void ask(Occasion occasion, VcpuState newState) {
        state = newState;
        turn = newState.turn();
        for (int place : Policies.askedOn(occasion)) {
            asked = place;
            policies.get(place).judge(occasion, state, turn, this);
        }
    }

    @Override
    public void checked() {
        count(asked, CHECKED, 1);
    }

    @Override
    public void undecided() {
        count(asked, UNDECIDED, 1);
    }

    @Override
    public void violated(Violation violation) {
        if (violation.restsOnAbsence() && recordsMayBeMissing()) {
            undecided();
            return;
        }
        boolean held = isHeld(violation);
        count(asked, held ? HELD : VIOLATIONS, 1);
        int place = placeOf(violation);
        if (place >= 0) {
            FindingRow finding = findings.get(place);
            finding.setRepeats(finding.getRepeats() + 1);
            finding.setLastSeq(seq);
        } else {
            fresh = Math.min(fresh, findings.size());
            findings.add(finding(violation, held));
            violations.add(violation);
            sent.add(1L);
        }
    }

    /** Whether {@link #stepped} has anything to do. */
    boolean hasFresh() {
        return fresh != NONE_FRESH;
    }

    /** The event at hand has taken effect: its findings are complete and go out. */
    void stepped(VcpuState newState) {
        state = newState;
        for (int place = fresh; place < findings.size(); place++) {
            FindingRow finding = findings.get(place);
            finding.setStateAfter(stateNow());
            sink.finding(copy(finding, finding.getProvisional()));
        }
        fresh = NONE_FRESH;
    }

    /** No stream and no lambda: a violation may come with every exit. */
    private boolean isHeld(Violation violation) {
        for (int place = 0; place < violation.awaits().size(); place++) {
            if (!state.records(violation.awaits().get(place))) {
                return true;
            }
        }
        return false;
    }

    /** What the finding with this id was made of; null where there is none, or it comes from stored state. */
    Violation violationOf(String finding) {
        for (int place = 0; place < findings.size(); place++) {
            if (findings.get(place).getId().equals(finding)) {
                return violations.get(place);
            }
        }
        return null;
    }

    /** P23 itself says that records are missing; of all others it makes what rests on absence undecided. */
    private boolean recordsMayBeMissing() {
        boolean judgesRecording = policy().description().severity() == Severity.TRACE;
        return state.lossSeen() || turn.doubtful() && !judgesRecording;
    }

    private Policy policy() {
        return Policies.ALL.get(asked);
    }

    private void count(int policy, int number, long more) {
        counts[policy][number] += more;
        counts[policy][CHANGED] = 1;
    }

    private int placeOf(Violation violation) {
        int place = placeOf(violation.cause());
        return place < 0 && findings.size() >= FINDINGS_MAX ? placeOf(OTHER_CAUSE) : place;
    }

    private int placeOf(String cause) {
        for (int place = 0; place < findings.size(); place++) {
            FindingRow finding = findings.get(place);
            if (finding.getCause().equals(cause) && finding.getPolicy().equals(policy().id())) {
                return place;
            }
        }
        return -1;
    }

    /** The families that the violation needs and that have not themselves shown themselves yet. */
    private List<String> awaited(Violation violation) {
        return violation.awaits().stream()
                .filter(family -> !state.seen(family))
                .map(EventFamily::title)
                .toList();
    }

    private FindingRow finding(Violation violation, boolean held) {
        Policy.Description policy = policy().description();
        String cause = findings.size() >= FINDINGS_MAX ? OTHER_CAUSE : violation.cause();
        FindingRow row = new FindingRow();
        row.setAnalysis(analysis);
        row.setRun(stream.run());
        row.setId(String.join("-", policy.id(), stream.vm(), "" + stream.vcpu(), cause.replace(' ', '_')));
        row.setPolicy(policy.id());
        row.setSeverity(policy.severity().name());
        row.setVm(stream.vm());
        row.setVcpu(stream.vcpu());
        row.setLevel((ofTurn ? turn.level() : state.level()).title());
        row.setSeq(seq);
        row.setTime(ofTurn ? turn.time() : state.time());
        row.setSource(source);
        row.setCause(cause);
        row.setRepeats(1L);
        row.setFirstSeq(seq);
        row.setLastSeq(seq);
        row.setExpected(violation.expected().get());
        row.setObserved(violation.observed().get());
        row.setRule(policy.rule());
        row.setEvidence(evidence.lines(violation.provedByNowi()));
        row.setStateBefore(ofTurn ? stateAtExit() : stateNow());
        row.setStateAfter(Map.of());
        row.setRestsOnAbsence(violation.restsOnAbsence());
        row.setAwaits(awaited(violation));
        setSoundIn(row, violation.soundIn());
        row.setProvisional(held);
        return row;
    }

    private static void setSoundIn(FindingRow row, KernelRange kernels) {
        row.setLegalFrom(
                kernels == null || kernels.from() == null
                        ? null
                        : kernels.from().toString());
        row.setLegalUpTo(
                kernels == null || kernels.to() == null ? null : kernels.to().toString());
    }

    private Map<String, String> stateAtExit() {
        return stateOf(
                turn.levelAtExit(),
                turn.nowiAtExit(),
                value(turn.xfdAtExitKnown(), turn.xfdAtExit()),
                value(turn.xfdErrAtExitKnown(), turn.xfdErrAtExit()));
    }

    private Map<String, String> stateNow() {
        return stateOf(
                state.level(),
                state.nowi(),
                value(state.xfdKnown(), state.xfd()),
                value(state.xfdErrKnown(), state.xfdErr()));
    }

    private static Map<String, String> stateOf(Level level, boolean nowi, String xfd, String xfdErr) {
        Map<String, String> items = new TreeMap<>();
        items.put("level", level.title());
        items.put("nowi", nowi ? "true" : "unknown");
        items.put("xfd", xfd);
        items.put("xfd_err", xfdErr);
        return items;
    }

    private static String value(boolean known, long value) {
        return known ? "0x" + Long.toHexString(value) : "unknown";
    }

    /** Findings that waited for this family stand now. */
    void familyShown(VcpuState newState, EventFamily family) {
        state = newState;
        for (int place = 0; place < findings.size(); place++) {
            FindingRow finding = findings.get(place);
            finding.setAwaits(without(family, finding.getAwaits()));
            if (finding.getProvisional() && !isHeld(finding)) {
                sent.set(place, 0L);
                finding.setProvisional(false);
                int policy = policyOf(finding);
                count(policy, HELD, -finding.getRepeats());
                count(policy, VIOLATIONS, finding.getRepeats());
            }
        }
    }

    private boolean isHeld(FindingRow finding) {
        return finding.getAwaits().stream().anyMatch(title -> !state.records(EventFamily.ofTitle(title)));
    }

    private static List<String> without(EventFamily family, List<String> titles) {
        return titles.stream().filter(title -> !title.equals(family.title())).toList();
    }

    /** Findings that waited for this family say nothing: it was not recorded. They are withdrawn. */
    void familyDisproved(EventFamily family) {
        for (int place = findings.size() - 1; place >= 0; place--) {
            FindingRow finding = findings.get(place);
            if (finding.getProvisional() && finding.getAwaits().contains(family.title())) {
                count(policyOf(finding), HELD, -finding.getRepeats());
                finding.setRepeats(0L);
                sink.finding(finding);
                findings.remove(place);
                violations.remove(place);
                sent.remove(place);
            }
        }
    }

    private static int policyOf(FindingRow finding) {
        for (int place = 0; place < Policies.ALL.size(); place++) {
            if (Policies.ALL.get(place).id().equals(finding.getPolicy())) {
                return place;
            }
        }
        throw new IllegalStateException("a finding of an unknown policy " + finding.getPolicy());
    }

    /** Sends what has changed since it last went out. */
    void send() {
        for (int policy = 0; policy < counts.length; policy++) {
            if (counts[policy][CHANGED] != 0) {
                sink.verdict(verdict(policy, false));
                counts[policy][CHANGED] = 0;
            }
        }
        for (int place = 0; place < findings.size(); place++) {
            FindingRow finding = findings.get(place);
            if (sent.get(place) != finding.getRepeats()) {
                sink.finding(copy(finding, finding.getProvisional()));
                sent.set(place, finding.getRepeats());
            }
        }
    }

    /** Shows what has changed since it last went out, and remembers nothing of it. */
    void show(RowSink watcher) {
        for (int policy = 0; policy < counts.length; policy++) {
            if (counts[policy][CHANGED] != 0) {
                watcher.verdict(verdict(policy, true));
            }
        }
        for (int place = 0; place < findings.size(); place++) {
            if (sent.get(place) != findings.get(place).getRepeats()) {
                watcher.finding(copy(findings.get(place), true));
            }
        }
    }

    private PolicyVerdictRow verdict(int policy, boolean provisional) {
        long[] numbers = counts[policy];
        return new PolicyVerdictRow(
                analysis,
                stream.run(),
                Policies.ALL.get(policy).id(),
                stream.vm(),
                stream.vcpu(),
                provisional,
                numbers[CHECKED],
                numbers[UNDECIDED],
                numbers[VIOLATIONS],
                numbers[HELD],
                null);
    }

    private static FindingRow copy(FindingRow finding, boolean provisional) {
        FindingRow row = FindingRows.copyOf(finding);
        row.setProvisional(provisional);
        return row;
    }

    /** Counts for stored state. */
    List<Long> savedCounts() {
        List<Long> saved = new ArrayList<>();
        for (long[] numbers : counts) {
            for (long number : numbers) {
                saved.add(number);
            }
        }
        return saved;
    }

    /** Findings for stored state, without what the stream's key says. */
    List<FindingRow> savedFindings() {
        return findings.stream().map(finding -> of("", "", "", 0, finding)).toList();
    }

    private static FindingRow of(String analysis, String run, String vm, int vcpu, FindingRow finding) {
        FindingRow row = FindingRows.copyOf(finding);
        row.setAnalysis(analysis);
        row.setRun(run);
        row.setVm(vm);
        row.setVcpu(vcpu);
        return row;
    }

    List<Long> savedSent() {
        return List.copyOf(sent);
    }

    /** Takes stored state back; counts of policies that are newer than it stay 0. */
    void restore(List<Long> savedCounts, List<FindingRow> savedFindings, List<Long> savedSent) {
        for (int i = 0; i < savedCounts.size(); i++) {
            counts[i / NUMBERS][i % NUMBERS] = savedCounts.get(i);
        }
        for (FindingRow saved : savedFindings) {
            findings.add(of(analysis, stream.run(), stream.vm(), stream.vcpu(), saved));
            violations.add(null);
        }
        sent.addAll(savedSent);
    }
}
