package io.trapline.producer.file;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The frame of an Avro object container: metadata and unpacked blocks, without a look at what is in them. Takes no length
 * for granted: Avro's own reader allocates whatever a damaged file claims.
 */
final class Container {
    /** Bytes of a block, packed and unpacked: two hundred times what our writer makes of it. */
    static final int BLOCK_BYTES_MAX = 64 * 1_024 * 1_024;

    private static final int METADATA_BYTES_MAX = 4 * 1_024 * 1_024;
    private static final int BUFFER_BYTES = 64 * 1_024;
    private static final int VARINT_BITS = 70;

    private final InputStream in;
    private final Map<String, byte[]> metadata = new HashMap<>();
    private final byte[] sync;
    private long position;

    /** An unpacked block of so many data. */
    record Block(long count, byte[] bytes) {}

    private Container(InputStream in) throws DamagedFile, IOException {
        this.in = in;
        if (!Arrays.equals(bytes(RunFileFormat.MAGIC.length), RunFileFormat.MAGIC)) {
            throw new DamagedFile("it does not begin like an Avro container");
        }
        readMetadata();
        sync = bytes(RunFileFormat.SYNC_BYTES);
        if (!Arrays.equals(sync, RunFileFormat.sync(metadata))) {
            throw new DamagedFile("its header is not as it was written");
        }
    }

    /** Reads the header. */
    static Container open(InputStream in) throws DamagedFile {
        try {
            return new Container(new BufferedInputStream(in, BUFFER_BYTES));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The metadata as text, null where there is none of this key. */
    String text(String key) {
        byte[] value = metadata.get(key);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    /** The next block, or null at the end of the file. */
    Block next() throws DamagedFile {
        long at = position;
        try {
            int first = in.read();
            if (first < 0) {
                return null;
            }
            position++;
            long count = varint(first);
            byte[] packed = bytes(length(BLOCK_BYTES_MAX));
            if (count < 1 || !Arrays.equals(bytes(RunFileFormat.SYNC_BYTES), sync)) {
                throw new DamagedFile("the block at byte " + at + " is broken");
            }
            return new Block(count, unpack(packed, at));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static byte[] unpack(byte[] packed, long at) throws DamagedFile {
        try (ZstdInputStream unpacked = new ZstdInputStream(new ByteArrayInputStream(packed))) {
            byte[] bytes = unpacked.readNBytes(BLOCK_BYTES_MAX + 1);
            if (bytes.length <= BLOCK_BYTES_MAX) {
                return bytes;
            }
            throw new DamagedFile("the block at byte " + at + " is larger than any");
        } catch (IOException e) {
            throw new DamagedFile("the block at byte " + at + " cannot be unpacked: " + e.getMessage(), e);
        }
    }

    private void readMetadata() throws DamagedFile, IOException {
        for (long entries = varint(); entries != 0; entries = varint()) {
            if (entries < 0) {
                varint(); // the block's size in bytes, for those who skip it
            }
            for (long left = Math.abs(entries); left != 0; left--) {
                String key = new String(bytes(length(METADATA_BYTES_MAX)), StandardCharsets.UTF_8);
                metadata.put(key, bytes(length(METADATA_BYTES_MAX)));
                if (position > METADATA_BYTES_MAX) {
                    throw new DamagedFile("its header is longer than any");
                }
            }
        }
    }

    private int length(int max) throws DamagedFile, IOException {
        long length = varint();
        if (length < 0 || length > max) {
            throw new DamagedFile("a length of " + length + " at byte " + position + " is impossible");
        }
        return (int) length;
    }

    private byte[] bytes(int length) throws DamagedFile, IOException {
        // Grows as bytes come: the length may be damaged.
        byte[] bytes = in.readNBytes(length);
        position += bytes.length;
        if (bytes.length < length) {
            throw cut();
        }
        return bytes;
    }

    private long varint() throws DamagedFile, IOException {
        int first = in.read();
        position++;
        return varint(first);
    }

    private long varint(int first) throws DamagedFile, IOException {
        long value = 0;
        int next = first;
        for (int shift = 0; shift < VARINT_BITS; shift += 7) {
            if (next < 0) {
                throw cut();
            }
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value >>> 1 ^ -(value & 1);
            }
            next = in.read();
            position++;
        }
        throw new DamagedFile("a number at byte " + position + " is impossible");
    }

    private static DamagedFile cut() {
        return new DamagedFile("the file is cut");
    }

    private static DamagedFile unreadable(IOException e) {
        return new DamagedFile("the file cannot be read further: " + e.getMessage(), e);
    }
}
