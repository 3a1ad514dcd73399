package io.trapline.producer.identity;

import io.trapline.producer.EventSink;
import io.trapline.producer.StreamSummary;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.event.EventFields.Gap;
import io.trapline.schemas.event.EventFields.HostMsrAccess;
import io.trapline.schemas.event.EventFields.SchedSwitch;
import io.trapline.schemas.event.EventFlags;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.table.Msrs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts each event into its stream. An event belongs to the vCPU that its thread last printed in an entry or exit; before
 * the first it waits ({@link WaitingRoom}). Threads without a vCPU, and idle, belong to the host stream of their CPU.
 */
public final class EventRouter {
    private static final int IDLE_PID = 0;
    private static final String VM_OF_TGID = "tgid-";
    /** Where no thread is printed, all vCPUs are taken for those of one VM. */
    private static final String VM_OF_NOBODY = "vm-0";

    private static final Loss[] NO_LOSSES = {};

    private final RouterLimits limits;
    private final StreamSet streams;
    private final WaitingRoom room;
    private final ThreadTable threads;
    private final VmGuesser guesser = new VmGuesser();
    private final EventColumns gap = new EventColumns();

    /** By CPU: the loss that the next thread there has to be told of. */
    private Loss[] untold = NO_LOSSES;

    private int untoldCount;
    private long now;
    private TraceThread lastThread = new TraceThread(Origin.NONE);
    private final EventView view = new EventView();
    /** Bits of the families that have shown themselves. */
    private long familiesSeen;

    private long eventsOfUntoldThreads;
    private long vcpusWithoutStream;

    /**
     * Chunks of at most {@code chunkMax} events go to {@code sink}. {@code clockHz} is 0 where the clock measures no
     * time.
     */
    public EventRouter(String run, long clockHz, int chunkMax, EventSink sink) {
        this(run, clockHz, chunkMax, sink, RouterLimits.DEFAULT);
    }

    EventRouter(String run, long clockHz, int chunkMax, EventSink sink, RouterLimits limits) {
        this.limits = limits;
        streams = new StreamSet(run, clockHz, chunkMax, sink, limits);
        room = new WaitingRoom(streams, clockHz, limits);
        threads = new ThreadTable(limits.threads());
    }

    /** Takes the only event of {@code event}, which may be changed. */
    public void route(EventColumns event, Origin origin) {
        now = event.time(0);
        familiesSeen |= EventFamily.shownBy(view.on(event, 0));
        TraceThread thread = origin.pid == Origin.NONE ? null : threadOf(origin);
        if (thread == null) {
            routeWithoutThread(event, origin);
            return;
        }
        int cpu = event.cpu(0);
        thread.cpu = cpu;
        thread.inProcess(origin.tgid);
        if (origin.vcpu != Origin.NONE && isNews(thread, origin)) {
            showsVcpu(thread, origin);
        }
        if (untoldCount > 0) {
            tellNext(thread, cpu);
        }
        place(event, thread);
        if (event.kind(0) == EventKind.SCHED_SWITCH) {
            tellWhoRunsNow(event);
        }
        if (!room.isEmpty()) {
            room.release(now);
        }
    }

    private TraceThread threadOf(Origin origin) {
        if (lastThread.pid != origin.pid) {
            TraceThread thread = threads.get(origin.pid);
            if (thread == null) {
                eventsOfUntoldThreads++;
                return null;
            }
            lastThread = thread;
        }
        lastThread.named(origin.comm, origin.commFrom, origin.commTo);
        return lastThread;
    }

    /** An event that prints no thread belongs to the vCPU that it names, else to the host: nobody knows more. */
    private void routeWithoutThread(EventColumns event, Origin origin) {
        boolean placed = origin.pid == Origin.NONE && origin.named != Origin.NONE;
        StreamWriter stream = placed ? streams.vcpu(VM_OF_NOBODY, origin.named, true) : null;
        if (stream == null) {
            placeOnHost(event);
        } else {
            stream.append(event, 0);
        }
    }

    /** A vCPU that the thread has not been so far. */
    private static boolean isNews(TraceThread thread, Origin origin) {
        return thread.stream == null || origin.vcpu != thread.vcpu;
    }

    /** The thread's first entry or exit, or its first with another vCPU: from here on it is that vCPU. */
    private void showsVcpu(TraceThread thread, Origin origin) {
        StreamWriter stream = streamOf(thread, origin);
        if (stream == null) {
            vcpusWithoutStream += thread.vcpu == origin.vcpu ? 0 : 1;
            thread.vcpu = origin.vcpu;
            return;
        }
        thread.stream = stream;
        thread.vcpu = origin.vcpu;
        thread.formerVcpu = TraceThread.UNKNOWN;
        thread.stream.carriedBy(thread.pid, thread.comm());
        room.leaveTo(thread.stream, thread);
    }

    /** The stream of the vCPU that the thread shows, or null if it is one too many. */
    private StreamWriter streamOf(TraceThread thread, Origin origin) {
        if (origin.tgid != Origin.NONE) {
            return streams.vcpu(VM_OF_TGID + origin.tgid, origin.vcpu, false);
        }
        boolean full = streams.isFull();
        if (full && !guesser.knows(thread, origin.vcpu)) {
            // Whatever VM it were, this vCPU would be new there.
            return null;
        }
        GuessedVm vm = full ? thread.guessedVm : guesser.vmOf(thread, origin.vcpu);
        return streams.vcpu(vm.name(), origin.vcpu, true);
    }

    private void place(EventColumns event, TraceThread thread) {
        boolean xfd = event.kind(0) == EventKind.HOST_MSR_ACCESS && isXfd(event.get(0, HostMsrAccess.INDEX));
        if (thread.stream == null) {
            placeWithoutVcpu(event, thread);
            return;
        }
        thread.stream.append(event, 0);
        if (xfd) {
            // The order of accesses of one CPU over all threads (P19) is judged on its host stream.
            event.set(HostMsrAccess.THREAD, thread.pid);
            placeOnHost(event);
        }
    }

    /** The thread that gets the CPU has no record of it: how long it waited only that of the other one says. */
    private void tellWhoRunsNow(EventColumns event) {
        int pid = (int) event.get(0, SchedSwitch.NEXT_PID);
        TraceThread next = threads.known(pid);
        if (next != null && next.stream != null) {
            event.set(SchedSwitch.THREAD, pid);
            next.stream.append(event, 0);
        }
    }

    private static boolean isXfd(long index) {
        return index == Msrs.IA32_XFD || index == Msrs.IA32_XFD_ERR;
    }

    private void placeWithoutVcpu(EventColumns event, TraceThread thread) {
        if (thread.pid == IDLE_PID) {
            placeOnHost(event);
        } else {
            room.addFor(thread, event, 0);
        }
    }

    private void placeOnHost(EventColumns event) {
        if (room.isEmpty()) {
            streams.host(event.cpu(0)).append(event, 0);
        } else {
            room.addForHost(event, 0);
        }
    }

    /** Events of a CPU were lost: whoever last ran there hears of it now, and who runs there next when it does. */
    public void lost(Loss loss) {
        if (loss.cpu() == Loss.EVERY_CPU) {
            lostEverywhere(loss);
            return;
        }
        fillGap(loss, loss.cpu());
        threads.forEach(thread -> {
            if (thread.cpu == loss.cpu()) {
                tell(thread);
            }
        });
        if (streams.hostOrNull(loss.cpu()) != null) {
            placeOnHost(gap);
        }
        if (loss.cpu() >= untold.length) {
            untold = Arrays.copyOf(untold, loss.cpu() + 1);
        }
        untoldCount += untold[loss.cpu()] == null ? 1 : 0;
        untold[loss.cpu()] = loss;
    }

    private void lostEverywhere(Loss loss) {
        threads.forEach(thread -> {
            fillGap(loss, thread.cpu);
            tell(thread);
        });
        streams.forEachHost(cpu -> {
            fillGap(loss, cpu);
            placeOnHost(gap);
        });
    }

    private void tellNext(TraceThread thread, int cpu) {
        if (cpu < untold.length && untold[cpu] != null) {
            fillGap(untold[cpu], cpu);
            untold[cpu] = null;
            untoldCount--;
            place(gap, thread);
        }
    }

    private void tell(TraceThread thread) {
        if (thread.stream != null) {
            thread.stream.append(gap, 0);
        } else if (thread.waiting > 0 || thread.formerVcpu != TraceThread.UNKNOWN) {
            room.addFor(thread, gap, 0);
        }
    }

    private void fillGap(Loss loss, int cpu) {
        gap.reset(gap.stream(), 0, 0);
        gap.append(EventKind.GAP, now, cpu, EventFlags.NONE, loss.line());
        if (loss.lost() != null) {
            gap.set(Gap.LOST, loss.lost());
        }
        gap.setText(Gap.REASON, loss.reason());
    }

    /** Hands on what has gathered; what waits for its vCPU goes on waiting. */
    public void flush() {
        streams.flush();
    }

    /** No event comes any more: all that wait or have gathered leave. */
    public void finish() {
        room.releaseAll();
        streams.flush();
    }

    /** The streams by key, after {@link #finish}. */
    public List<StreamSummary> streams() {
        return streams.summaries();
    }

    /** Events by kind without copies, after {@link #finish}. */
    public Map<EventKind, Long> eventsByKind() {
        return streams.eventsByKind();
    }

    /** What was more than we keep, a sentence each; after {@link #finish}. */
    public List<String> limitsReached() {
        List<String> sentences = new ArrayList<>();
        if (eventsOfUntoldThreads > 0) {
            sentences.add("more than " + limits.threads() + " threads: " + eventsOfUntoldThreads
                    + " events of further threads went to the host's streams");
        }
        if (vcpusWithoutStream > 0) {
            sentences.add("more than " + limits.vcpus() + " vCPUs: the events of " + vcpusWithoutStream
                    + " further ones went to the host's streams");
        }
        if (room.leftEarly() > 0) {
            sentences.add("more than " + limits.waitingOfThread() + " events of a thread, or "
                    + limits.waiting() + " in all, waited for a vCPU: " + room.leftEarly()
                    + " went to the host's streams before their time was up");
        }
        if (streams.carriersLeftOut() > 0) {
            sentences.add("more than " + limits.carriers()
                    + " threads carried one vCPU: the names of further ones are left out");
        }
        return sentences;
    }

    /** The families of events that show in this recording. */
    public Set<EventFamily> familiesSeen() {
        Set<EventFamily> families = EnumSet.noneOf(EventFamily.class);
        EventFamily.forEach(familiesSeen, families::add);
        return families;
    }
}
