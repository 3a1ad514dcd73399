package io.trapline.producer.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One mapping of a YAML file, asked key by key for what the reader knows; {@link #end} then reports the keys that nobody asked
 * for. A value that is not what it should be is a problem, and the answer is the default. Scalars are taken as they are
 * written: {@code 6.10} is not 6.1, and {@code no} is a word.
 */
final class YamlMapping {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9_]{0,24}");

    /** For problems: {@code vms[0].guest}, empty for the file itself. */
    private final String path;

    private final Node node;
    private final Problems problems;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    /** What is no mapping is a problem, and then has no keys. */
    YamlMapping(String path, Node node, Problems problems) {
        this.path = path;
        this.node = node;
        this.problems = problems;
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::add);
        } else {
            problems.at(
                    node,
                    (path.isEmpty() ? "A scenario" : path) + " is made of keys with values, as 'name: my-guest'.");
        }
    }

    private void add(NodeTuple entry) {
        Node key = entry.getKeyNode();
        if (!(key instanceof ScalarNode name)) {
            problems.at(key, "A key is a word.");
        } else if (entries.putIfAbsent(name.getValue(), entry) != null) {
            problems.at(key, "There are two keys " + name.getValue() + ": take one away.");
        }
    }

    boolean has(String key) {
        known.add(key);
        return entries.containsKey(key);
    }

    /** A problem with the value of a key, or with the mapping where the key is missing. */
    void problem(String key, String sentence) {
        problems.at(has(key) ? entries.get(key).getValueNode() : node, sentence);
    }

    String required(String key, String example) {
        if (!has(key)) {
            problems.at(node, at(key) + " is missing: add '" + key + ": " + example + "'.");
            return example;
        }
        return text(key, example);
    }

    String text(String key, String otherwise) {
        return has(key) ? scalar(entries.get(key).getValueNode(), at(key), otherwise) : otherwise;
    }

    private String scalar(Node value, String what, String otherwise) {
        if (value instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        problems.at(value, what + " has no value: write one behind the colon, or leave the key out.");
        return otherwise;
    }

    long number(String key, long from, long to, long otherwise) {
        String text = text(key, Long.toString(otherwise));
        if (NUMBER.matcher(text).matches()) {
            try {
                long number = Long.parseLong(text.replace("_", ""));
                if (number >= from && number <= to) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // More digits than a long has: out of range like any other.
            }
        }
        problem(key, at(key) + " is a whole number from " + from + " to " + to + ", not " + text + ".");
        return otherwise;
    }

    int number(String key, int from, int to, int otherwise) {
        return (int) number(key, (long) from, to, otherwise);
    }

    boolean flag(String key, boolean otherwise) {
        return choice(key, Map.of("true", true, "false", false), otherwise);
    }

    /** One of some words, each of which means something. */
    <T> T choice(String key, Map<String, T> meanings, T otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        String word = text(key, "");
        T meaning = meanings.get(word);
        if (meaning == null && !word.isEmpty()) {
            problem(key, at(key) + " is not " + word + ": " + choices(word, meanings.keySet()));
        }
        return meaning == null ? otherwise : meaning;
    }

    /** A list of some words; the default where the key is missing. */
    <T> List<T> choices(String key, Map<String, T> meanings, List<T> otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        List<T> chosen = new ArrayList<>();
        for (Node item : items(key)) {
            String word = scalar(item, at(key), "");
            if (meanings.containsKey(word)) {
                chosen.add(meanings.get(word));
            } else if (!word.isEmpty()) {
                problems.at(item, at(key) + " cannot hold " + word + ": " + choices(word, meanings.keySet()));
            }
        }
        return chosen;
    }

    private static String choices(String word, Collection<String> all) {
        List<String> near = NearNames.of(word, all);
        String meant = near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "? ";
        return meant + "It can be " + String.join(", ", all.stream().sorted().toList()) + ".";
    }

    /** The mapping below a key; without keys where the key is missing. */
    YamlMapping mapping(String key) {
        Node value = has(key)
                ? entries.get(key).getValueNode()
                : new MappingNode(Tag.MAP, true, List.of(), node.getStartMark(), node.getEndMark(), FlowStyle.BLOCK);
        return new YamlMapping(at(key), value, problems);
    }

    /** The mappings of a list; empty where the key is missing. */
    List<YamlMapping> mappings(String key) {
        List<YamlMapping> mappings = new ArrayList<>();
        for (Node item : has(key) ? items(key) : List.<Node>of()) {
            mappings.add(new YamlMapping(at(key) + "[" + mappings.size() + "]", item, problems));
        }
        return mappings;
    }

    private List<Node> items(String key) {
        Node value = entries.get(key).getValueNode();
        if (value instanceof SequenceNode list) {
            return list.getValue();
        }
        problems.at(
                value,
                at(key) + " is a list: begin each item with '- ' on a line of its own, or write [one, another].");
        return List.of();
    }

    /** Reports the keys that nobody asked for. */
    void end() {
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                String where = path.isEmpty() ? "a scenario" : path;
                problems.at(entry.getKeyNode(), "There is no key " + key + " in " + where + ": " + choices(key, known));
            }
        });
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
