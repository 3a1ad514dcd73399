package io.trapline.app.broker;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts the address over the user's settings: what {@code --bootstrap-server} says counts. */
final class ClientConfig {

    private ClientConfig() {}

    static Map<String, Object> of(String bootstrapServers, Map<String, String> clientSettings) {
        Map<String, Object> config = new LinkedHashMap<>(clientSettings);
        config.put("bootstrap.servers", bootstrapServers);
        return Collections.unmodifiableMap(config);
    }
}
