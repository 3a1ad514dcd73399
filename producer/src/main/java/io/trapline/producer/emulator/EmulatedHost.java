package io.trapline.producer.emulator;

import io.trapline.schemas.event.StreamKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts a host together: its CPUs, its VMs, and the streams that record them. */
final class EmulatedHost {
    private static final int FIRST_PID = 4242;

    private final EmulatorOptions options;
    private final KvmSetup setup;
    private final RunStreams streams;
    private final PhysicalCpu[] cpus;
    private final HostStream[] hostStreams;
    private final EventCount total = new EventCount();
    private final Machine machine;
    private final List<Vcpu> vcpus = new ArrayList<>();

    EmulatedHost(HostSetup host, EmulatorOptions options, RunStreams streams) {
        this.options = options;
        this.streams = streams;
        setup = KvmSetup.of(options, host.isa());
        cpus = new PhysicalCpu[host.cpus()];
        for (int number = 0; number < cpus.length; number++) {
            CostClock clock = new CostClock(options.costs(), options.seed(), number);
            cpus[number] = new PhysicalCpu(number, clock, host.isa());
        }
        hostStreams = new HostStream[options.hostEvents() ? cpus.length : 0];
        for (int number = 0; number < hostStreams.length; number++) {
            // Copies of accesses count in no total.
            StreamColumns stream = streams.open(StreamKey.HOST, number, StreamColumns.NO_THREAD, new EventCount());
            hostStreams[number] = new HostStream(stream, cpus[number]);
        }
        machine = new Machine(cpus, host.migrates(), options.seed(), total);
        for (VmSetup vm : host.vms()) {
            addVm(vm);
        }
    }

    private void addVm(VmSetup vm) {
        List<Vcpu> siblings = new ArrayList<>();
        for (int number = 0; number < vm.vcpus(); number++) {
            Vcpu vcpu = vcpu(vm, number, siblings);
            siblings.add(vcpu);
            vcpus.add(vcpu);
            machine.add(vcpu);
        }
    }

    private Vcpu vcpu(VmSetup vm, int number, List<Vcpu> siblings) {
        int index = vcpus.size();
        String purpose = index == 0 ? "" : " " + vm.name() + "/" + number;
        VcpuThread thread = new VcpuThread(FIRST_PID + index, cpus[index % cpus.length]);
        StreamColumns stream = streams.open(vm.name(), number, thread.pid(), total);
        VcpuParts parts = new VcpuParts(
                vm,
                purpose,
                thread,
                new ControlBlocks(),
                new VcpuState(vm.guestXfd()),
                new TraceRecorder(stream, hostStreams, thread, setup),
                new LocalApic(),
                new HostTicks(options.seed(), purpose),
                new GuestTime(),
                new Vmm(options.seed(), purpose));
        Ipis ipis = new VmIpis(number, siblings, machine);
        return new Vcpu(index, number, parts, stream, ipis, vm.programs().apply(number), setup);
    }

    /** From power-on to power-off. */
    void run() {
        machine.run(options.events(), options.guestInstructions());
        streams.flush();
    }

    /** What the guests noticed, all of them. */
    GuestReport report() {
        return vcpus.stream().map(Vcpu::report).reduce(GuestReport.NOTHING, GuestReport::plus);
    }

    /** #NM in the host's own kernel. */
    long kernelFaults() {
        return Arrays.stream(cpus).mapToLong(PhysicalCpu::kernelFaults).sum();
    }
}
