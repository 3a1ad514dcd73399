package io.trapline.schemas.wire;

import org.apache.avro.util.ClassSecurityValidator;

/** Avro instantiates only classes that are trusted; ours are, once somebody says so. Codecs do it by themselves. */
public final class OwnRecords {
    private static final String PACKAGE = "io.trapline.schemas.avro.";

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> type.getName().startsWith(PACKAGE)));
    }

    private OwnRecords() {}

    /** Has an effect once; later calls cost nothing. */
    public static void trust() {
        // The static initialiser does it.
    }
}
