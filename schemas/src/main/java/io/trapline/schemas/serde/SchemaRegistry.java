package io.trapline.schemas.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trapline.schemas.wire.Envelope;
import io.trapline.schemas.wire.KnownSchemas;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A schema registry with the usual interface ({@code /schemas/ids/N}, {@code /subjects/S/versions}). Asked once per
 * schema or id: the answers never change.
 */
public final class SchemaRegistry implements KnownSchemas.Registry {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

    private final String url;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();
    private final ObjectMapper json = new ObjectMapper();
    private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();
    private final Map<String, Integer> idOfSubject = new ConcurrentHashMap<>();

    /** {@code url} is the base, e.g. {@code http://127.0.0.1:8081}. */
    public SchemaRegistry(String url) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    @Override
    public Schema byId(int id) {
        return byId.computeIfAbsent(id, key -> {
            JsonNode answer = ask(HttpRequest.newBuilder(URI.create(url + "/schemas/ids/" + key)));
            return new Schema.Parser().parse(answer.path("schema").asText());
        });
    }

    /** The id of a schema under the subject {@code <topic>-value}, registering it where it is new. */
    public int idOf(String topic, Schema schema) {
        return idOfSubject.computeIfAbsent(topic + "-value/" + schema.getFullName(), key -> {
            String body =
                    json.createObjectNode().put("schema", schema.toString()).toString();
            JsonNode answer = ask(HttpRequest.newBuilder(URI.create(url + "/subjects/" + topic + "-value/versions"))
                    .header("Content-Type", MEDIA_TYPE)
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
            return answer.path("id").asInt();
        });
    }

    /** The registry that these client settings name, or null where they name none. */
    public static SchemaRegistry of(Map<String, ?> settings) {
        Object url = settings.get(AvroSerde.REGISTRY_URL);
        return url == null ? null : new SchemaRegistry(url.toString());
    }

    /** A single-object value of this schema with the registry's envelope in place of its own. */
    public byte[] reframe(String topic, Schema schema, byte[] singleObject) {
        int offset = Envelope.of(singleObject).bodyOffset();
        return ByteBuffer.allocate(5 + singleObject.length - offset)
                .put((byte) 0)
                .putInt(idOf(topic, schema))
                .put(singleObject, offset, singleObject.length - offset)
                .array();
    }

    private JsonNode ask(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(
                    request.timeout(ANSWER_MAX).header("Accept", MEDIA_TYPE).build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new SerializationException(
                        "the schema registry at " + url + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new SerializationException("the schema registry at " + url + " cannot be reached", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
