package io.trapline.producer.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Rewrites blocks of another version in our own schema, as Avro resolves it. */
final class BlockResolver {
    private final GenericDatumReader<Object> reader;
    private final GenericDatumWriter<Object> writer = new GenericDatumWriter<>(RunFileFormat.SCHEMA);

    BlockResolver(Schema theirs) {
        reader = new GenericDatumReader<>(theirs, RunFileFormat.SCHEMA);
    }

    Container.Block resolve(Container.Block block) throws DamagedFile {
        ByteArrayOutputStream resolved = new ByteArrayOutputStream(2 * block.bytes().length);
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(block.bytes(), null);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(resolved, null);
        try {
            for (long left = block.count(); left != 0; left--) {
                writer.write(reader.read(null, decoder), encoder);
            }
            if (!decoder.isEnd()) {
                throw new DamagedFile("a block holds more than it says");
            }
            encoder.flush();
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            throw new DamagedFile("a block does not follow the file's own schema: " + e.getMessage(), e);
        }
        return new Container.Block(block.count(), resolved.toByteArray());
    }
}
