package io.trapline.producer.source;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.tukaani.xz.XZInputStream;

/** How a recording is packed, told by its first bytes: names lie. */
public enum Compression {
    PLAIN,
    GZIP,
    ZSTD,
    XZ;

    /** Bytes that {@link #of} wants to see. */
    static final int MAGIC_BYTES = 6;

    public static Compression of(byte[] head) {
        if (startsWith(head, 0x1f, 0x8b)) {
            return GZIP;
        }
        if (startsWith(head, 0x28, 0xb5, 0x2f, 0xfd)) {
            return ZSTD;
        }
        return startsWith(head, 0xfd, '7', 'z', 'X', 'Z', 0) ? XZ : PLAIN;
    }

    /** The unpacked bytes of {@code packed}. */
    InputStream unpack(InputStream packed) throws IOException {
        return switch (this) {
            case PLAIN -> packed;
            case GZIP -> new GzipMembers(packed);
            case ZSTD -> new ZstdInputStream(packed);
            case XZ -> new XZInputStream(packed);
        };
    }

    private static boolean startsWith(byte[] head, int... magic) {
        if (head.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
