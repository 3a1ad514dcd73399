package io.trapline.producer.file;

import io.trapline.producer.EventSink;
import io.trapline.producer.ImportProblem;
import io.trapline.producer.ImportProblem.Code;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.wire.ChunkDecoder;
import io.trapline.schemas.wire.ForeignBytesException;
import io.trapline.schemas.wire.KnownSchemas;
import io.trapline.schemas.wire.OwnRecords;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;

/**
 * Reads a {@code .trapline} file once, from any version that Avro's resolution rules make readable. What is damaged ends the
 * reading and is told; what was never written by an export is refused.
 */
public final class RunFileReader implements Closeable {
    static {
        OwnRecords.trust();
    }

    private static final long FINGERPRINT = KnownSchemas.fingerprint(RunFileFormat.SCHEMA);

    private final TraceInput input;
    private final Container container;
    /** Null where the file was written with exactly our schema. */
    private final BlockResolver resolver;

    private final Run run;
    private final FileStreams streams;
    private final ChunkDecoder decoder = new ChunkDecoder();
    private final EventColumns columns = new EventColumns();

    private byte[] block;
    private int position;
    private long left;

    private RunFileReader(TraceInput input) throws UnreadableInput, DamagedFile {
        this.input = input;
        container = Container.open(input.text());
        resolver = resolver();
        run = firstDatum();
        streams = new FileStreams(run);
    }

    /** Whether the input is an Avro container; takes nothing away from it. */
    public static boolean recognizes(TraceInput input) {
        return input.beginsWith(RunFileFormat.MAGIC);
    }

    /** Reads header and run. Closing the reader closes the input. */
    public static RunFileReader open(TraceInput input) throws UnreadableInput {
        try {
            return new RunFileReader(input);
        } catch (DamagedFile e) {
            throw new UnreadableInput(
                    input.name() + " is cut or broken before its first event (" + e.getMessage()
                            + "): copy it again, or export the run again.",
                    e);
        }
    }

    /** The run as its record in the file describes it. */
    public Run run() {
        return run;
    }

    /** Hands over all events that are there, chunk by chunk. Called once. */
    public RunFileContents read(EventSink sink) throws UnreadableInput {
        String damage = null;
        try {
            while (nextChunk()) {
                EventColumns fresh = streams.advance(columns);
                if (fresh != null) {
                    sink.accept(fresh);
                }
            }
        } catch (DamagedFile e) {
            damage = e.getMessage();
        }
        if (streams.complete()) {
            return new RunFileContents(run, damage == null ? List.of() : List.of(cut(damage, 0)));
        }
        String reason = damage == null ? "the file ends before its run does" : damage;
        return new RunFileContents(streams.cutHere(), List.of(cut(reason, streams.missing())));
    }

    /**
     * The same for those who pass the run on: refuses a file that is not whole, or of which this version does not understand
     * every event. The sink may have got events by then.
     */
    public RunFileContents readWhole(EventSink sink) throws UnreadableInput {
        boolean[] newer = {false};
        RunFileContents contents = read(events -> {
            newer[0] |= hasUnknown(events);
            if (!newer[0]) {
                sink.accept(events);
            }
        });
        if (newer[0]) {
            throw new UnreadableInput(input.name() + " has events of kinds that this version does not know: "
                    + "use the version that wrote it (" + tool() + "), or a newer one.");
        }
        if (!streams.complete()) {
            throw new UnreadableInput(input.name() + " is not whole ("
                    + contents.problems().get(0).sentence() + "): export the run again. `trapline analyze` reports what"
                    + " is there.");
        }
        return contents;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private static ImportProblem cut(String reason, long missing) {
        String rest = missing == 0 ? "no event is missing" : missing + " events are missing, all before is kept";
        return new ImportProblem(Code.SOURCE_CUT, 0, reason + "; " + rest);
    }

    private static boolean hasUnknown(EventColumns events) {
        for (int row = 0; row < events.count(); row++) {
            if (events.kind(row) == EventKind.UNKNOWN) {
                return true;
            }
        }
        return false;
    }

    private String tool() {
        String tool = container.text(RunFileFormat.TOOL_KEY);
        return tool == null ? "unknown" : tool;
    }

    private BlockResolver resolver() throws UnreadableInput {
        Schema theirs = schema();
        boolean ours = KnownSchemas.fingerprint(theirs) == FINGERPRINT;
        boolean packedAsOurs = RunFileFormat.CODEC.equals(container.text(RunFileFormat.CODEC_KEY));
        if (!packedAsOurs || !ours && !canResolve(theirs)) {
            throw new UnreadableInput(input.name() + " is an Avro file, but none that this version of Trapline can read"
                    + " (written by: " + tool()
                    + "): give one that `trapline export` wrote, or use the version that did.");
        }
        return ours ? null : new BlockResolver(theirs);
    }

    private static boolean canResolve(Schema theirs) {
        return SchemaCompatibility.checkReaderWriterCompatibility(RunFileFormat.SCHEMA, theirs)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }

    private Schema schema() throws UnreadableInput {
        String json = container.text(RunFileFormat.SCHEMA_KEY);
        try {
            return new Schema.Parser().parse(json == null ? "" : json);
        } catch (AvroRuntimeException e) {
            throw new UnreadableInput(input.name() + " is an Avro file without a schema: export the run again.", e);
        }
    }

    private Run firstDatum() throws UnreadableInput, DamagedFile {
        if (!nextDatum()) {
            throw new DamagedFile("nothing is in it");
        }
        if (branch() != RunFileFormat.RUN_BRANCH) {
            throw new UnreadableInput(input.name() + " does not begin with a run: export the run again.");
        }
        ByteArrayInputStream bytes = new ByteArrayInputStream(block, position, block.length - position);
        try {
            Run first = new SpecificDatumReader<Run>(Run.getClassSchema())
                    .read(null, DecoderFactory.get().directBinaryDecoder(bytes, null));
            position = block.length - bytes.available();
            return finished(first);
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            throw new DamagedFile("the run in it cannot be read: " + e.getMessage(), e);
        }
    }

    private Run finished(Run found) throws UnreadableInput {
        if (found.getStatus() != RunStatus.COMPLETE && found.getStatus() != RunStatus.ABORTED) {
            throw new UnreadableInput(
                    input.name() + " holds run " + found.getRun() + " before its end: export it again.");
        }
        return found;
    }

    private boolean nextChunk() throws UnreadableInput, DamagedFile {
        if (!nextDatum()) {
            return false;
        }
        if (branch() == RunFileFormat.RUN_BRANCH) {
            throw new UnreadableInput(input.name() + " holds more than one run: export each into a file of its own.");
        }
        try {
            position = decoder.decodeBody(block, position, block.length, columns);
        } catch (ForeignBytesException e) {
            throw new DamagedFile("a chunk cannot be read: " + e.getMessage(), e);
        }
        if (!streams.lists(columns.stream())) {
            throw new UnreadableInput(
                    input.name() + " holds events of " + columns.stream().encode() + ", which is no stream of its run "
                            + run.getRun() + ": export the run again.");
        }
        return true;
    }

    /** Goes to the next datum, into the next block where one ends; false at the end of the file. */
    private boolean nextDatum() throws DamagedFile {
        if (left == 0) {
            if (block != null && position != block.length) {
                throw new DamagedFile("a block holds more than it says");
            }
            Container.Block next = container.next();
            if (next == null) {
                return false;
            }
            Container.Block ours = resolver == null ? next : resolver.resolve(next);
            block = ours.bytes();
            left = ours.count();
            position = 0;
        }
        left--;
        return true;
    }

    private int branch() throws DamagedFile {
        int branch = position < block.length ? block[position++] : -1;
        if (branch != RunFileFormat.RUN_BRANCH << 1 && branch != RunFileFormat.CHUNK_BRANCH << 1) {
            throw new DamagedFile("a block holds less than it says, or something else");
        }
        return branch >> 1;
    }
}
