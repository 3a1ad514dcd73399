package io.trapline.streams.profile;

import java.util.List;

/**
 * The MSR filter that the VMM gave KVM (KVM_X86_SET_MSR_FILTER), as the user says: no trace shows it. The first range that
 * matches decides, else the default (R21).
 */
public record MsrFilter(boolean allowsByDefault, List<Range> ranges) {
    private static final long X2APIC_FIRST = 0x800;
    private static final long X2APIC_LAST = 0x8ff;

    /** MSRs from {@code first} to {@code last}, both included, for one direction of access or both. */
    public record Range(boolean allows, boolean reads, boolean writes, long first, long last) {
        public Range {
            if (first > last || first < 0) {
                throw new IllegalArgumentException("no range of MSRs: " + first + " to " + last);
            }
            if (!reads && !writes) {
                throw new IllegalArgumentException("a range for no access");
            }
        }

        private boolean matches(long index, boolean write) {
            return index >= first && index <= last && (write ? writes : reads);
        }
    }

    public MsrFilter {
        ranges = List.copyOf(ranges);
    }

    /** Whether the MSR is one of the x2APIC's. */
    public static boolean isX2apic(long index) {
        return index >= X2APIC_FIRST && index <= X2APIC_LAST;
    }

    /** Whether the filter lets the access pass; KVM never filters the x2APIC. */
    public boolean allows(long index, boolean write) {
        if (isX2apic(index)) {
            return true;
        }
        for (int place = 0; place < ranges.size(); place++) {
            Range range = ranges.get(place);
            if (range.matches(index, write)) {
                return range.allows;
            }
        }
        return allowsByDefault;
    }
}
