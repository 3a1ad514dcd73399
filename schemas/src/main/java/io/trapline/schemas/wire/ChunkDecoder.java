package io.trapline.schemas.wire;

import io.trapline.schemas.avro.TraceChunk;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventLayout;
import io.trapline.schemas.event.StreamKey;
import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Reads a chunk into reused columns. Bytes written with exactly our schema are decoded by hand; any other known writer's
 * schema goes through Avro's resolving reader first, into the same columns. A chunk is checked whole: after a
 * {@link ForeignBytesException} the columns hold nothing of use. One decoder serves one thread.
 */
public final class ChunkDecoder {
    /** Events of one chunk, at most: a thousand times what a writer of ours puts in. */
    public static final int EVENTS_MAX = 1 << 20;

    private static final EventKind[] COLUMN_ORDER = ChunkEncoder.columnOrder();

    private final KnownSchemas known;
    private final WireReader in = new WireReader();
    private final int[] rowsOfKind = new int[EventKind.CODES + 1];
    private int[] rows = new int[1024];
    private long[] times = new long[1024];
    private int[] cpus = new int[1024];

    public ChunkDecoder(KnownSchemas known) {
        this.known = known;
    }

    /** For logs that were written with a registry at times; {@code registry} null where none is known. */
    public ChunkDecoder(KnownSchemas.Registry registry) {
        this(KnownSchemas.of(TraceChunk.getClassSchema(), registry));
    }

    /** For logs that were written without a registry. */
    public ChunkDecoder() {
        this(KnownSchemas.of(TraceChunk.getClassSchema()));
    }

    /**
     * Decodes a value of the trace topic.
     *
     * @throws ForeignBytesException the bytes are no chunk
     * @throws UnknownSchemaException they are one of a writer that we do not know
     */
    public void decode(byte[] value, EventColumns into) {
        enter(value);
        decodeBody(into);
        if (!in.atEnd()) {
            throw new ForeignBytesException("bytes are left after the last column");
        }
    }

    /**
     * Reads only what stands before the events, as {@link #decode} would.
     *
     * @throws ForeignBytesException the bytes begin like no chunk
     * @throws UnknownSchemaException they are one of a writer that we do not know
     */
    public ChunkHeader readHeader(byte[] value) {
        enter(value);
        return header();
    }

    /** Puts the reader on the body, in our own schema. */
    private void enter(byte[] value) {
        Envelope envelope = Envelope.of(value);
        if (envelope.form() == Envelope.Form.SINGLE_OBJECT && envelope.schemaKey() == ChunkEncoder.FINGERPRINT) {
            in.on(value, envelope.bodyOffset(), value.length);
        } else {
            byte[] resolved = resolve(value, envelope.bodyOffset(), known.writerOf(envelope));
            in.on(resolved, 0, resolved.length);
        }
    }

    /**
     * Decodes a chunk that begins at {@code from}, has no envelope and was written with exactly our schema; returns where
     * it ends, at most {@code to}.
     *
     * @throws ForeignBytesException the bytes are no chunk
     */
    public int decodeBody(byte[] bytes, int from, int to, EventColumns into) {
        in.on(bytes, from, to);
        decodeBody(into);
        return in.position();
    }

    /** Rewrites a body in our own schema, as Avro resolves it. */
    private static byte[] resolve(byte[] value, int offset, Schema writer) {
        Schema ours = TraceChunk.getClassSchema();
        if (!writer.getFullName().equals(ours.getFullName())) {
            throw new ForeignBytesException("a " + writer.getFullName() + " where a chunk belongs");
        }
        try {
            GenericRecord record = new GenericDatumReader<GenericRecord>(writer, ours)
                    .read(null, DecoderFactory.get().binaryDecoder(value, offset, value.length - offset, null));
            java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream(value.length * 2);
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(ours).write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException | AvroRuntimeException e) {
            throw new ForeignBytesException("the body does not follow its writer's schema: " + e.getMessage(), e);
        }
    }

    private ChunkHeader header() {
        String run = in.readString();
        String vm = in.readString();
        int vcpu = (int) in.readLong();
        long clockHz = in.readLong();
        long firstSeq = in.readLong();
        int count = in.readCount("an event count");
        if (count == 0 || count > EVENTS_MAX || firstSeq < 0) {
            throw new ForeignBytesException("a chunk of " + count + " events from number " + firstSeq);
        }
        long baseTime = in.readLong();
        long endTime = in.readLong();
        in.readLong(); // kinds: for readers that look for some
        return new ChunkHeader(new StreamKey(run, vm, vcpu), clockHz, firstSeq, count, baseTime, endTime);
    }

    private void decodeBody(EventColumns into) {
        ChunkHeader header = header();
        int count = header.count();
        ensureCapacity(count);
        int order = readOrder(count);
        readTimes(count, header.baseTime());
        readCpus(count);
        int flagsLength = in.readCount("a length of flags");
        if (flagsLength != 0 && flagsLength != count) {
            throw new ForeignBytesException(flagsLength + " flags for " + count + " events");
        }
        int flags = in.skip(flagsLength);
        into.reset(header.stream(), header.clockHz(), header.firstSeq());
        readSources(count, order, flagsLength == 0 ? -1 : flags, into);
        indexRows(into);
        for (EventKind kind : COLUMN_ORDER) {
            readColumn(kind, into);
        }
    }

    private int readOrder(int count) {
        int length = in.readCount("a length of order");
        if (length != count) {
            throw new ForeignBytesException("order names " + length + " events, the chunk has " + count);
        }
        return in.skip(length);
    }

    private void readTimes(int count, long baseTime) {
        long time = baseTime;
        int row = 0;
        for (int block = in.readBlock(); block > 0; block = in.readBlock()) {
            checkFits(row, block, count, "time deltas");
            for (int end = row + block; row < end; row++) {
                time += in.readLong();
                times[row] = time;
            }
        }
        checkComplete(row, count, "time deltas");
    }

    private void readCpus(int count) {
        int row = 0;
        for (int block = in.readBlock(); block > 0; block = in.readBlock()) {
            for (; block > 0; block--) {
                int cpu = (int) in.readLong();
                long repeat = in.readLong();
                if (repeat < 0 || repeat > count - row) {
                    throw new ForeignBytesException("a run of " + repeat + " events on one CPU is impossible");
                }
                Arrays.fill(cpus, row, row + (int) repeat, cpu);
                row += (int) repeat;
            }
        }
        checkComplete(row, count, "CPUs");
    }

    private void readSources(int count, int order, int flags, EventColumns into) {
        byte[] bytes = in.bytes();
        long source = 0;
        int row = 0;
        for (int block = in.readBlock(); block > 0; block = in.readBlock()) {
            checkFits(row, block, count, "sources");
            for (int end = row + block; row < end; row++) {
                source += in.readLong();
                int code = bytes[order + row] & 0xff;
                int flag = flags < 0 ? 0 : bytes[flags + row];
                into.append(EventKind.ofCode(code), code, times[row], cpus[row], flag, source);
            }
        }
        checkComplete(row, count, "sources");
    }

    /** Sorts the rows by kind, so that a column finds its n-th event. */
    private void indexRows(EventColumns into) {
        Arrays.fill(rowsOfKind, 0);
        int count = into.count();
        for (int row = 0; row < count; row++) {
            rowsOfKind[into.kind(row).code() + 1]++;
        }
        for (int code = 1; code <= EventKind.CODES; code++) {
            rowsOfKind[code] += rowsOfKind[code - 1];
        }
        for (int row = count - 1; row >= 0; row--) {
            int code = into.kind(row).code();
            rows[--rowsOfKind[code + 1]] = row;
        }
        // rowsOfKind[code + 1] is now the start of a kind's rows, and the next kind's start their end.
    }

    private void readColumn(EventKind kind, EventColumns into) {
        int next = rowsOfKind[kind.code() + 1];
        int end = kind.code() + 2 <= EventKind.CODES ? rowsOfKind[kind.code() + 2] : into.count();
        EventLayout.Field[] fields = EventLayout.of(kind).fieldArray();
        for (int block = in.readBlock(); block > 0; block = in.readBlock()) {
            if (block > end - next) {
                throw new ForeignBytesException("more records of " + kind + " than order names");
            }
            for (; block > 0; block--) {
                readRecord(fields, rows[next++], into);
            }
        }
        if (next != end) {
            throw new ForeignBytesException(end - next + " records of " + kind + " are missing");
        }
    }

    private void readRecord(EventLayout.Field[] fields, int row, EventColumns into) {
        for (EventLayout.Field field : fields) {
            if (field.nullable() && !readBranch()) {
                continue;
            }
            switch (field.form()) {
                case NUMBER -> into.setAt(row, field.place(), in.readLong());
                case FLAG -> into.setAt(row, field.place(), in.readByte());
                case TEXT -> into.setTextAt(row, field.place(), in.readString());
            }
        }
    }

    private boolean readBranch() {
        long branch = in.readLong();
        if (branch != 0 && branch != 1) {
            throw new ForeignBytesException("branch " + branch + " of a union of two");
        }
        return branch == 1;
    }

    private static void checkFits(int row, int block, int count, String what) {
        if (block > count - row) {
            throw new ForeignBytesException("more " + what + " than events");
        }
    }

    private static void checkComplete(int row, int count, String what) {
        if (row != count) {
            throw new ForeignBytesException(row + " " + what + " for " + count + " events");
        }
    }

    private void ensureCapacity(int count) {
        if (count > rows.length) {
            int capacity = Math.max(count, rows.length * 2);
            rows = new int[capacity];
            times = new long[capacity];
            cpus = new int[capacity];
        }
    }
}
