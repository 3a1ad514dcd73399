package io.trapline.producer.emulator;

/**
 * The guest of the recordings in {@code bochs-amx/direct-linux-6.1}, instruction by instruction as far as XFD, #NM and exits go.
 * Its memory and its string output are left out; where its timer is the one of the xAPIC, only what its handler reads is here.
 */
final class BochsGuest implements GuestProgram {
    private static final long TILE_DATA = 0x40000;
    private static final long EFER = Msr.EFER;
    private static final long APIC_BASE = Msr.APIC_BASE;
    private static final long TASK_SWITCHED = 8;
    private static final int MARK_PORT = 0x10;
    private static final long UNKNOWN_MSR = 0x3fffe;
    private static final long TSC_OF_TIMER = 100_000;

    /** What the guest's #NM handler does. */
    private enum Handler {
        CLEARS_ERR_AND_XFD,
        CLEARS_TS,
        CLEARS_XFD_ONLY
    }

    private final int scenario;
    private Handler handler = Handler.CLEARS_ERR_AND_XFD;
    private int exitsInHandler;
    private int ticks;

    BochsGuest(int scenario) {
        this.scenario = scenario;
    }

    @Override
    public void boot(GuestCpu cpu) {
        cpu.at(0x100000);
        mark(cpu);
        for (int subleaf = -1; subleaf < 2; subleaf++) {
            cpu.cpuid(subleaf < 0 ? 7 : 0xd, Math.max(0, subleaf));
            mark(cpu);
        }
        cpu.cpuid(0xd, 0x12);
        mark(cpu);
        cpu.cpuid(0xd, 0);
        cpu.xsetbv();
        switch (scenario) {
            case 0 -> usesTilesWithoutXfd(cpu);
            case 1 -> armsAndToggles(cpu);
            case 2 -> armsOnly(cpu);
            case 3 -> writesBadBits(cpu);
            case 4 -> faultsAgainAndAgain(cpu);
            case 5 -> writesZeroFirst(cpu);
            case 6 -> setsTaskSwitched(cpu);
            case 7 -> spins(cpu);
            case 8 -> waitsForTimers(cpu);
            case 9 -> assorted(cpu);
            case 10 -> lacksPermission(cpu);
            default -> throw new IllegalArgumentException("no scenario " + scenario);
        }
    }

    private void usesTilesWithoutXfd(GuestCpu cpu) {
        cpu.loadTiles(1);
        someExits(cpu, 20);
        cpu.readMsr(UNKNOWN_MSR);
        cpu.writeMsr(UNKNOWN_MSR, 1);
        cpu.loadTiles(1);
        someExits(cpu, 20);
    }

    private void armsAndToggles(GuestCpu cpu) {
        someExits(cpu, 3);
        mark(cpu);
        cpu.writeMsr(Msr.XFD, TILE_DATA);
        someExits(cpu, 3);
        mark(cpu);
        cpu.loadTiles(1);
        someExits(cpu, 3);
        mark(cpu);
        for (int round = 0; round < 25; round++) {
            cpu.writeMsr(Msr.XFD, TILE_DATA);
            someExits(cpu, 1);
            if (round % 5 == 0) {
                cpu.loadTiles(1);
                cpu.storeTiles();
            }
            cpu.readMsr(Msr.XFD);
            cpu.writeMsr(Msr.XFD, 0);
            someExits(cpu, 1);
            cpu.loadTiles(1);
        }
        mark(cpu);
        cpu.writeMsr(Msr.XFD, 0);
        someExits(cpu, 2);
    }

    private void armsOnly(GuestCpu cpu) {
        someExits(cpu, 3);
        mark(cpu);
        cpu.writeMsr(Msr.XFD, TILE_DATA);
        someExits(cpu, 30);
    }

    private void writesBadBits(GuestCpu cpu) {
        someExits(cpu, 1);
        for (long bad : new long[] {1 << 17, 1L << 63, TILE_DATA | 4}) {
            mark(cpu);
            cpu.writeMsr(Msr.XFD, bad);
        }
        for (long bad : new long[] {1 << 17, 1L << 40}) {
            mark(cpu);
            cpu.writeMsr(Msr.XFD_ERR, bad);
        }
        mark(cpu);
        cpu.readMsr(Msr.XFD);
        cpu.readMsr(Msr.XFD_ERR);
        someExits(cpu, 2);
        mark(cpu);
        cpu.writeMsr(Msr.XFD_ERR, TILE_DATA);
        someExits(cpu, 2);
        mark(cpu);
        cpu.writeMsr(Msr.XFD_ERR, 0);
        mark(cpu);
        cpu.writeMsr(Msr.XFD, TILE_DATA);
        someExits(cpu, 2);
        mark(cpu);
        cpu.writeMsr(Msr.XFD, 1L << 63);
        mark(cpu);
        cpu.writeMsr(Msr.XFD, 1 << 17);
        someExits(cpu, 2);
    }

    private void faultsAgainAndAgain(GuestCpu cpu) {
        exitsInHandler = 3;
        for (int round = 0; round < 40; round++) {
            cpu.writeMsr(Msr.XFD, TILE_DATA);
            cpu.loadTiles(1);
            someExits(cpu, 1);
        }
    }

    private void writesZeroFirst(GuestCpu cpu) {
        for (int part = 0; part < 2; part++) {
            for (int round = 0; round < 5; round++) {
                cpu.writeMsr(Msr.XFD, 0);
                cpu.readMsr(Msr.XFD);
                someExits(cpu, 1);
            }
            if (part == 0) {
                mark(cpu);
                cpu.writeMsr(Msr.XFD, TILE_DATA);
            }
        }
    }

    private void setsTaskSwitched(GuestCpu cpu) {
        for (int round = 0; round < 4; round++) {
            handler = Handler.CLEARS_TS;
            cpu.writeCr0(cpu.cr0() | TASK_SWITCHED);
            cpu.useFpu();
            someExits(cpu, 1);
            if (round == 1) {
                mark(cpu);
                cpu.writeMsr(Msr.XFD, TILE_DATA);
            }
        }
        handler = Handler.CLEARS_ERR_AND_XFD;
        cpu.loadTiles(1);
        mark(cpu);
        cpu.writeMsr(Msr.XFD, TILE_DATA);
        handler = Handler.CLEARS_XFD_ONLY;
        cpu.loadTiles(1);
        someExits(cpu, 5);
        mark(cpu);
        cpu.writeMsr(Msr.XFD_ERR, 0);
        someExits(cpu, 3);
    }

    private void spins(GuestCpu cpu) {
        for (int round = 0; round < 6; round++) {
            cpu.writeMsr(Msr.XFD, TILE_DATA);
            spin(cpu, 3_000_000);
            cpu.loadTiles(1);
            spin(cpu, 1_500_000);
            someExits(cpu, 1);
        }
    }

    private static void spin(GuestCpu cpu, long tsc) {
        for (long from = cpu.tsc(); cpu.tsc() - from < tsc; ) {
            cpu.compute();
        }
    }

    private void waitsForTimers(GuestCpu cpu) {
        cpu.readMsr(APIC_BASE);
        cpu.readMsr(APIC_BASE);
        cpu.writeMsr(APIC_BASE, 0xfee00d00L);
        cpu.writeMsr(0x80f, 0x1ff);
        cpu.writeMsr(0x832, 0x40 | 2 << 17);
        for (int round = 0; round < 20; round++) {
            if (round >= 5) {
                cpu.writeMsr(Msr.XFD, TILE_DATA);
            }
            int before = ticks;
            cpu.writeMsr(Msr.TSC_DEADLINE, cpu.tsc() + TSC_OF_TIMER);
            cpu.enableInterrupts();
            if (round % 2 == 0) {
                cpu.halt();
            }
            while (ticks == before) {
                cpu.compute();
            }
            if (round % 3 == 0) {
                cpu.loadTiles(1);
            }
        }
        mark(cpu);
    }

    private void assorted(GuestCpu cpu) {
        someExits(cpu, 1);
        cpu.readMsr(Msr.XFD);
        cpu.readMsr(Msr.XFD_ERR);
        someExits(cpu, 2);
    }

    private void lacksPermission(GuestCpu cpu) {
        mark(cpu);
        cpu.readMsr(Msr.XFD);
        cpu.readMsr(Msr.XFD_ERR);
        mark(cpu);
        cpu.writeMsr(Msr.XFD, TILE_DATA);
        cpu.writeMsr(Msr.XFD, 0);
        cpu.writeMsr(Msr.XFD_ERR, 0);
        cpu.writeMsr(Msr.XFD_ERR, TILE_DATA);
        someExits(cpu, 3);
    }

    private static void mark(GuestCpu cpu) {
        cpu.out(MARK_PORT, 4, 0xa0);
    }

    private static void someExits(GuestCpu cpu, int times) {
        for (int time = 0; time < times; time++) {
            cpu.cpuid(0, 0);
            cpu.cpuid(1, 0);
            cpu.out(0x20 + time % 3, 1, time);
            cpu.in(0x30, 4);
            cpu.readMsr(EFER);
            cpu.readMsr(APIC_BASE);
        }
    }

    @Override
    public void step(GuestCpu cpu) {
        throw new IllegalStateException("all of this guest is in its boot");
    }

    @Override
    public void shutDown(GuestCpu cpu) {
        for (int counter = 0; counter < 5; counter++) {
            mark(cpu);
        }
        cpu.out(Vmm.POWER_PORT, 1, 0);
    }

    @Override
    public void exception(GuestCpu cpu, int vector) {
        if (vector == Vector.NM) {
            deviceNotAvailable(cpu);
        }
    }

    private void deviceNotAvailable(GuestCpu cpu) {
        cpu.readMsr(Msr.XFD_ERR);
        cpu.readMsr(Msr.XFD);
        switch (handler) {
            case CLEARS_ERR_AND_XFD -> {
                for (int exit = 0; exit < exitsInHandler; exit++) {
                    cpu.cpuid(0xd, 1);
                }
                cpu.writeMsr(Msr.XFD_ERR, 0);
                cpu.writeMsr(Msr.XFD, 0);
            }
            case CLEARS_TS -> cpu.writeCr0(cpu.cr0() & ~TASK_SWITCHED);
            case CLEARS_XFD_ONLY -> cpu.writeMsr(Msr.XFD, 0);
        }
    }

    @Override
    public void interrupt(GuestCpu cpu, int vector) {
        ticks++;
        cpu.readMsr(APIC_BASE);
        cpu.writeMsr(Msr.X2APIC_EOI, 0);
    }

    @Override
    public GuestReport report(long instructions) {
        return new GuestReport(instructions, 0, 0, 0, 0, 0, 0);
    }
}
