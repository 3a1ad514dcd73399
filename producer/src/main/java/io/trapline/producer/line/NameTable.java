package io.trapline.producer.line;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Values by name, where names are bytes of a line: no string is made to look one up. Names are never removed. */
public final class NameTable<V> {
    private static final int INITIAL_CAPACITY = 256;
    private static final int FACTOR = 31;

    private byte[][] names = new byte[INITIAL_CAPACITY][];
    private Object[] values = new Object[INITIAL_CAPACITY];
    private int count;

    /** The value of a name, or null. */
    @SuppressWarnings("unchecked")
    public V get(byte[] bytes, int from, int to) {
        return (V) values[place(names, bytes, from, to)];
    }

    public void put(String name, V value) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        put(bytes, value);
    }

    private void put(byte[] name, V value) {
        if (count >= names.length / 2) {
            grow();
        }
        int place = place(names, name, 0, name.length);
        count += names[place] == null ? 1 : 0;
        names[place] = name;
        values[place] = value;
    }

    public int size() {
        return count;
    }

    private void grow() {
        byte[][] oldNames = names;
        Object[] oldValues = values;
        names = new byte[oldNames.length * 2][];
        values = new Object[oldNames.length * 2];
        for (int i = 0; i < oldNames.length; i++) {
            if (oldNames[i] != null) {
                int place = place(names, oldNames[i], 0, oldNames[i].length);
                names[place] = oldNames[i];
                values[place] = oldValues[i];
            }
        }
    }

    private static int place(byte[][] names, byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash * FACTOR + bytes[i];
        }
        int mask = names.length - 1;
        int place = (hash ^ hash >>> 15) & mask;
        while (names[place] != null && !same(names[place], bytes, from, to)) {
            place = place + 1 & mask;
        }
        return place;
    }

    private static boolean same(byte[] name, byte[] bytes, int from, int to) {
        return Arrays.equals(name, 0, name.length, bytes, from, to);
    }
}
