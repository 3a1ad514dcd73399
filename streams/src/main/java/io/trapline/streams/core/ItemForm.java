package io.trapline.streams.core;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.table.ExitReasons;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Spells the known value of an item; an exit's reason means something else on each ISA. */
interface ItemForm {
    ItemForm FLAG = (value, isa) -> value != 0 ? "true" : "false";
    ItemForm COUNT = (value, isa) -> Long.toString(value);
    ItemForm HEX = (value, isa) -> "0x" + Long.toHexString(value);
    ItemForm OPEN = (value, isa) -> value != 0 ? "open" : "over";
    ItemForm LOADED = (value, isa) -> value != 0 ? "loaded" : "unloaded";
    ItemForm ISA = (value, isa) -> value == ExitReasons.SVM ? "SVM" : "VMX";
    ItemForm REASON = (value, isa) -> ExitReasons.name(isa, value);
    ItemForm LEVEL = (value, isa) -> Level.of((int) value).title();
    ItemForm PHASE = (value, isa) -> words(Phase.of((int) value).name());
    ItemForm PATH = (value, isa) -> words(Path.of((int) value).name());
    ItemForm TOKEN = (value, isa) -> words(ErrToken.of((int) value).name());
    ItemForm BIT = (value, isa) -> words(GroundTruth.Bit.of((int) value).name());
    ItemForm AGREEMENT =
            (value, isa) -> words(GuestXstate.Agreement.of((int) value).name());
    ItemForm EMULATED_ACCESS =
            (value, isa) -> words(EmulatedAccess.Kind.of((int) value).name());
    ItemForm ANSWER = (value, isa) -> words(RefusedAccess.Answer.of((int) value).name());
    ItemForm FAMILIES = (value, isa) -> titles(value);

    String of(long value, int isa);

    private static String words(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String titles(long families) {
        List<String> titles = new ArrayList<>();
        EventFamily.forEach(families, family -> titles.add(family.title()));
        return titles.isEmpty() ? "none" : String.join(", ", titles);
    }
}
