package io.trapline.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.trapline.schemas.avro.Clock;
import io.trapline.schemas.avro.ClockUnit;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunSource;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.avro.TraceChunk;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.wire.ChunkDecoder;
import io.trapline.schemas.wire.ChunkEncoder;
import io.trapline.schemas.wire.ForeignBytesException;
import io.trapline.schemas.wire.KnownSchemas;
import io.trapline.schemas.wire.UnknownSchemaException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {
    private static final String TOPIC = "trapline.runs";

    @Test
    void singleObjectEncodingNeedsNoServer() {
        AvroSerde<Run> serde = AvroSerde.of(Run.class, Map.of());
        byte[] bytes = serde.serializer().serialize(TOPIC, run("a"));
        assertThat(bytes).startsWith(0xC3, 0x01);
        assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(run("a"));
        assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
        assertThat(serde.deserializer().deserialize(TOPIC, null)).isNull();
    }

    @Test
    void bothWireFormsAreReadSideBySide() throws IOException {
        byte[] plain = AvroSerde.of(Run.class, Map.of()).serializer().serialize(TOPIC, run("plain"));
        try (Registry registry = new Registry()) {
            AvroSerde<Run> serde = AvroSerde.of(Run.class, Map.of(AvroSerde.REGISTRY_URL, registry.url()));
            byte[] registered = serde.serializer().serialize(TOPIC, run("registered"));
            assertThat(registered).startsWith(0, 0, 0, 0, 1);
            assertThat(serde.deserializer().deserialize(TOPIC, registered)).isEqualTo(run("registered"));
            assertThat(serde.deserializer().deserialize(TOPIC, plain)).isEqualTo(run("plain"));
            assertThatThrownBy(() ->
                            AvroSerde.of(Run.class, Map.of()).deserializer().deserialize(TOPIC, registered))
                    .isInstanceOf(UnknownSchemaException.class)
                    .hasMessageContaining("schema.registry.url");
        }
    }

    @Test
    void chunksTravelInTheRegistrysFormToo() throws IOException {
        EventColumns events = new EventColumns();
        events.reset(new StreamKey("run", "vm-0", 0), 0, 0);
        events.append(EventKind.VM_ENTRY, 1, 0, 0, 1);
        byte[] chunk = new ChunkEncoder().encode(events);
        try (Registry server = new Registry()) {
            SchemaRegistry registry = SchemaRegistry.of(Map.of(AvroSerde.REGISTRY_URL, server.url()));
            byte[] reframed = registry.reframe("trapline.trace", TraceChunk.getClassSchema(), chunk);
            assertThat(reframed).startsWith(0, 0, 0, 0, 1);
            ChunkDecoder decoder = new ChunkDecoder(KnownSchemas.of(TraceChunk.getClassSchema(), registry));
            EventColumns back = new EventColumns();
            for (byte[] form : new byte[][] {reframed, chunk}) {
                decoder.decode(form, back);
                assertThat(back.stream()).isEqualTo(events.stream());
                assertThat(back.kind(0)).isEqualTo(EventKind.VM_ENTRY);
            }
        }
    }

    /** Kafka Streams gives one serializer to all its threads. */
    @Test
    void oneSerializerServesManyThreads() {
        AvroSerde<Run> serde = AvroSerde.of(Run.class, Map.of());
        Serializer<Run> serializer = serde.serializer();
        Deserializer<Run> deserializer = serde.deserializer();
        IntStream.range(0, 20_000).parallel().forEach(i -> {
            Run run = run("run-" + "x".repeat(i % 300) + i);
            assertThat(deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, run)))
                    .isEqualTo(run);
        });
    }

    @Test
    void foreignBytesAreNoRun() {
        assertThatThrownBy(() -> AvroSerde.of(Run.class, Map.of())
                        .deserializer()
                        .deserialize(TOPIC, "{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ForeignBytesException.class);
    }

    private static Run run(String id) {
        return Run.newBuilder()
                .setRun(id)
                .setStatus(RunStatus.OPEN)
                .setSource(RunSource.newBuilder()
                        .setName("trace.txt")
                        .setFormat("ftrace")
                        .setSha256("00")
                        .setTool("test")
                        .build())
                .setClock(new Clock("mono", ClockUnit.US, null))
                .setIsa(List.of("VMX"))
                .build();
    }

    /** A registry that keeps schemas in memory and speaks the usual interface over real HTTP. */
    private static final class Registry implements AutoCloseable {
        private final HttpServer server;
        private final List<String> schemas = new ArrayList<>();
        private final ObjectMapper json = new ObjectMapper();

        Registry() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/subjects/", exchange -> {
                schemas.add(
                        json.readTree(exchange.getRequestBody()).path("schema").asText());
                answer(
                        exchange,
                        json.createObjectNode().put("id", schemas.size()).toString());
            });
            server.createContext("/schemas/ids/", exchange -> {
                String path = exchange.getRequestURI().getPath();
                int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
                answer(
                        exchange,
                        json.createObjectNode()
                                .put("schema", schemas.get(id - 1))
                                .toString());
            });
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        }

        private static void answer(com.sun.net.httpserver.HttpExchange exchange, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
