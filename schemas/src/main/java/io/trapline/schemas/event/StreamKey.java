package io.trapline.schemas.event;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which stream: a vCPU of a VM in a run, or a physical CPU of the {@link #HOST}. {@code run/vm/vcpu} with each part
 * percent-encoded is the key of the trace topic.
 */
public record StreamKey(String run, String vm, int vcpu) implements Comparable<StreamKey> {
    /** The VM of host streams: events that belong to no vCPU, by physical CPU. */
    public static final String HOST = "host";

    public boolean isHost() {
        return vm.equals(HOST);
    }

    /** The key on the topic. */
    public String encode() {
        return join(run, vm, Integer.toString(vcpu));
    }

    /** Reads a key of the topic back. */
    public static StreamKey decode(String key) {
        List<String> parts = split(key);
        if (parts.size() != 3) {
            throw new IllegalArgumentException("not a stream's key: " + key);
        }
        return new StreamKey(parts.get(0), parts.get(1), Integer.parseInt(parts.get(2)));
    }

    /** A key of parts, each percent-encoded, with slashes in between: the form of all our keys. */
    public static String join(String... parts) {
        return Arrays.stream(parts)
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }

    /** The parts of a key, decoded. */
    public static List<String> split(String key) {
        return Arrays.stream(key.split("/", -1))
                .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public int compareTo(StreamKey other) {
        int byRun = run.compareTo(other.run);
        int byVm = byRun != 0 ? byRun : vm.compareTo(other.vm);
        return byVm != 0 ? byVm : Integer.compare(vcpu, other.vcpu);
    }
}
