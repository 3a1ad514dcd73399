package io.trapline.schemas.wire;

import java.nio.charset.StandardCharsets;

/** Avro's binary forms over a byte array; every read is checked against the end of the record. */
final class WireReader {
    private byte[] bytes;
    private int position;
    private int end;

    void on(byte[] newBytes, int from, int to) {
        bytes = newBytes;
        position = from;
        end = to;
    }

    boolean atEnd() {
        return position == end;
    }

    int position() {
        return position;
    }

    byte[] bytes() {
        return bytes;
    }

    byte readByte() {
        if (position >= end) {
            throw truncated();
        }
        return bytes[position++];
    }

    long readLong() {
        long first = readByte();
        if (first >= 0) {
            return first >>> 1 ^ -(first & 1);
        }
        long value = first & 0x7f;
        for (int shift = 7; shift < 70; shift += 7) {
            long next = readByte();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw new ForeignBytesException("a number of more than ten bytes at byte " + position);
    }

    int readCount(String what) {
        long value = readLong();
        if (value < 0 || value > end) {
            throw new ForeignBytesException(what + " " + value + " at byte " + position + " is impossible");
        }
        return (int) value;
    }

    /** Number of items in the next block of an array, 0 at its end; a block with its size in bytes is read alike. */
    int readBlock() {
        long items = readLong();
        if (items < 0) {
            items = -items;
            readLong();
        }
        if (items < 0 || items > end - position) {
            throw new ForeignBytesException("a block of " + items + " items at byte " + position + " is impossible");
        }
        return (int) items;
    }

    String readString() {
        int length = readCount("a string length");
        int from = skip(length);
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    /** Passes over bytes and returns where they began. */
    int skip(int length) {
        if (length > end - position) {
            throw truncated();
        }
        int from = position;
        position += length;
        return from;
    }

    private ForeignBytesException truncated() {
        return new ForeignBytesException("the record ends at byte " + end + " in the middle of a value");
    }
}
