package io.trapline.schemas.table;

import io.trapline.schemas.kernel.KernelVersion;
import java.util.HashMap;
import java.util.Map;

/**
 * Names of exit reasons as the kernel's own trace text spells them, and back. On the wire a reason is the raw number, so
 * that a kernel newer than this table loses nothing: its number prints as hexadecimal, as the kernel does it.
 */
public final class ExitReasons {
    public static final int VMX = 1;
    public static final int SVM = 2;

    /** Bit 31 of a VMX reason: the VM entry failed. */
    public static final long FAILED_VMENTRY = 1L << 31;

    private static final long VMX_BASIC = 0xffff;
    private static final long U32 = 0xffff_ffffL;
    private static final String NAME_SINCE = "(name ";
    private static final String FLAG_NAME = "FAILED_VMENTRY";

    private static final Map<Long, String> VMX_NAMES = new HashMap<>();
    private static final Map<Long, String> SVM_NAMES = new HashMap<>();
    private static final Map<String, Long> VMX_NUMBERS = new HashMap<>();
    private static final Map<String, Long> SVM_NUMBERS = new HashMap<>();
    private static final Map<String, Long> SVM_DEFINES = new HashMap<>();
    private static final Map<String, KernelVersion> VMX_SINCE = new HashMap<>();
    private static final Map<String, KernelVersion> SVM_SINCE = new HashMap<>();

    static {
        for (String[] row : TsvTable.rows("exit-reasons.tsv", 6)) {
            boolean vmx = row[0].equals("vmx");
            add(vmx, row[1], row[2], row[4]);
            addSince(vmx, row[2], row[3]);
        }
        // The name of kernels up to 5.4 for reason 7; both names are read, the newer one is printed.
        VMX_NAMES.put(7L, "INTERRUPT_WINDOW");
    }

    /** In place of a reason: all that were too many to be told apart. No exit has it. */
    public static final long OTHER = -2;

    private static final String OTHER_NAME = "other";

    private ExitReasons() {}

    private static void add(boolean vmx, String number, String name, String define) {
        // Exit codes are u64 in the table and u32 in the event: invalid_guest_state prints as 0xffffffff.
        long value = vmx ? Long.parseLong(number) : Long.parseUnsignedLong(number.substring(2), 16) & U32;
        if (!vmx) {
            SVM_DEFINES.put(pluginName(define), value);
        }
        if (!name.isEmpty()) {
            (vmx ? VMX_NAMES : SVM_NAMES).putIfAbsent(value, name);
            (vmx ? VMX_NUMBERS : SVM_NUMBERS).put(name, value);
        }
    }

    /** {@code 6.0}, {@code 5.12..5.15} where the release is not known, {@code 5.5..5.10 (name 5.11)}. */
    private static void addSince(boolean vmx, String name, String since) {
        int named = since.indexOf(NAME_SINCE);
        KernelVersion first = KernelVersion.of(named < 0 ? since : since.substring(named + NAME_SINCE.length()));
        if (!name.isEmpty() && !since.startsWith("<=")) {
            (vmx ? VMX_SINCE : SVM_SINCE).put(name, first);
        }
    }

    /** {@code SVM_EXIT_MSR} and {@code SVM_EXIT_EXCP_BASE+UD_VECTOR} as the plugin has them: EXIT_MSR, EXIT_EXCP_UD. */
    private static String pluginName(String define) {
        return define.replace("SVM_EXIT_", "EXIT_").replace("_BASE+", "_").replace("_VECTOR", "");
    }

    /** The reason as the current kernel prints it: name or hex, then flags. ISA 0 (not said) prints hex. */
    public static String name(int isa, long reason) {
        if (reason == OTHER) {
            return OTHER_NAME;
        }
        return switch (isa) {
            case VMX -> vmxName(reason);
            case SVM -> SVM_NAMES.getOrDefault(reason, hex(reason));
            default -> hex(reason);
        };
    }

    private static String vmxName(long reason) {
        long basic = reason & VMX_BASIC;
        String name = VMX_NAMES.getOrDefault(basic, hex(basic));
        long flags = reason & U32 & ~VMX_BASIC;
        if (flags == 0) {
            return name;
        }
        return name + " " + (flags == FAILED_VMENTRY ? FLAG_NAME : hex(flags));
    }

    /**
     * The number behind a printed reason with its flags, -1 for a name that no kernel read so far prints. The plugin's
     * names of SVM reasons ({@code EXIT_MSR}) are known too.
     */
    public static long number(int isa, String printed) {
        if (isa == SVM) {
            Long number = SVM_NUMBERS.get(printed);
            number = number == null ? SVM_DEFINES.get(printed) : number;
            return number == null ? hexValue(printed) : number;
        }
        int blank = printed.indexOf(' ');
        if (blank < 0) {
            return vmxNumber(printed);
        }
        long basic = vmxNumber(printed.substring(0, blank));
        String flag = printed.substring(blank + 1);
        long flags = flag.equals(FLAG_NAME) ? FAILED_VMENTRY : hexValue(flag);
        return basic < 0 || flags < 0 ? -1 : basic | flags;
    }

    /** Which ISA prints this reason: {@link #VMX}, {@link #SVM}, or 0 where both or neither could. */
    public static int isaOf(String printed) {
        int blank = printed.indexOf(' ');
        if (SVM_NUMBERS.containsKey(printed) || SVM_DEFINES.containsKey(printed)) {
            return SVM;
        }
        return VMX_NUMBERS.containsKey(blank < 0 ? printed : printed.substring(0, blank)) ? VMX : 0;
    }

    /** First kernel that may print this name, without its flags, of a reason; null where all do that were read. */
    public static KernelVersion since(int isa, String printed) {
        int blank = isa == VMX ? printed.indexOf(' ') : -1;
        return (isa == VMX ? VMX_SINCE : SVM_SINCE).get(blank < 0 ? printed : printed.substring(0, blank));
    }

    private static long vmxNumber(String name) {
        Long number = VMX_NUMBERS.get(name);
        return number == null ? hexValue(name) : number;
    }

    private static long hexValue(String text) {
        if (!text.startsWith("0x") || text.length() < 3 || text.length() > 10) {
            return -1;
        }
        long value = 0;
        for (int i = 2; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value & U32);
    }
}
