package io.trapline.producer.scenario;

import io.trapline.producer.emulator.CostModel;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.producer.emulator.Isa;
import io.trapline.producer.emulator.KernelProfile;
import io.trapline.producer.emulator.Strategy;
import io.trapline.producer.emulator.guest.VmPlan;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a scenario and checks it whole, before anything runs. */
public final class ScenarioReader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");
    private static final int CPUS_MAX = 1_024;
    private static final int VCPUS_MAX = 100_000;
    private static final long EVENTS_USUAL = 20_000;
    private static final String BEGIN_FROM = "'trapline emulate --show amx-tasks' prints one to begin from.";

    private static final Map<String, Isa> ISAS = Map.of("vmx", Isa.VMX, "svm", Isa.SVM);
    private static final Map<String, KernelProfile> KERNELS = Arrays.stream(KernelProfile.values())
            .collect(Collectors.toMap(KernelProfile::version, Function.identity()));
    private static final Map<String, CostModel> COSTS = Map.of(CostModel.SERVER.name(), CostModel.SERVER);

    private final Problems problems;

    private ScenarioReader(String file) {
        problems = new Problems(file);
    }

    /** {@code file} is what errors name. */
    public static ScenarioFile read(String file, String text) throws InvalidScenario {
        return new ScenarioReader(file).read(text);
    }

    private ScenarioFile read(String text) throws InvalidScenario {
        Node document = parse(text);
        problems.throwIfAny();
        ScenarioFile scenario = scenario(new YamlMapping("", document, problems));
        problems.throwIfAny();
        return scenario;
    }

    private Node parse(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setProcessComments(false);
        try {
            Node document = new Yaml(options).compose(new StringReader(text));
            if (document == null) {
                problems.at(Problems.BEGINNING, "There is nothing in this file: " + BEGIN_FROM);
            }
            return document;
        } catch (MarkedYAMLException e) {
            problems.at(e.getProblemMark(), "This is no YAML: " + e.getProblem() + ". " + BEGIN_FROM);
        } catch (YAMLException e) {
            problems.at(
                    Problems.BEGINNING,
                    "This is no YAML: " + e.getMessage().lines().findFirst().orElse("") + ". " + BEGIN_FROM);
        }
        return null;
    }

    private ScenarioFile scenario(YamlMapping root) {
        String name = root.required("name", "my-guest");
        if (!NAME.matcher(name).matches()) {
            root.problem(
                    "name", "name is of small letters, digits, '-' and '.', as amx-tasks: it becomes part of run ids.");
        }
        String about = root.text("about", name);
        long seed = root.number("seed", Long.MIN_VALUE, Long.MAX_VALUE, 1);
        long events = limit(root, "events");
        long instructions = limit(root, "instructions");
        YamlMapping host = root.mapping("host");
        Isa isa = host.choice("isa", ISAS, Isa.VMX);
        KernelProfile kernel = host.choice("kernel", KERNELS, KernelProfile.V6_1);
        Strategy strategy = strategy(host);
        int cpus = host.number("cpus", 1, CPUS_MAX, 1);
        boolean movesVcpus = host.flag("moves-vcpus", false);
        CostModel costs = host.choice("costs", COSTS, CostModel.SERVER);
        host.end();
        boolean groundTruth = root.flag("ground-truth", true);
        List<VmPlan> vms = vms(root, isa);
        root.end();
        return new ScenarioFile(
                name,
                about,
                seed,
                events,
                instructions,
                isa,
                kernel,
                strategy,
                cpus,
                movesVcpus,
                costs,
                groundTruth,
                vms);
    }

    /** Where neither limit is given, the events are. */
    private static long limit(YamlMapping root, String key) {
        if (root.has(key)) {
            return root.number(key, 1, Long.MAX_VALUE - 1, EVENTS_USUAL);
        }
        boolean usual = key.equals("events") && !root.has("instructions");
        return usual ? EVENTS_USUAL : EmulatorOptions.UNLIMITED;
    }

    private static Strategy strategy(YamlMapping host) {
        try {
            return Strategy.parse(host.text("strategy", Strategy.MERGED.toString()));
        } catch (IllegalArgumentException e) {
            host.problem("strategy", e.getMessage() + ".");
            return Strategy.MERGED;
        }
    }

    private List<VmPlan> vms(YamlMapping root, Isa isa) {
        List<VmPlan> vms = new ArrayList<>();
        for (YamlMapping vm : root.mappings("vms")) {
            vms.add(VmKeys.read(vm, isa));
        }
        if (vms.isEmpty()) {
            root.problem("vms", "A scenario needs a VM: add 'vms:' and below it '  - vcpus: 1'.");
        }
        long vcpus =
                vms.stream().mapToLong(vm -> (long) vm.count() * vm.vcpus()).sum();
        if (vcpus > VCPUS_MAX) {
            root.problem("vms", "These are " + vcpus + " vCPUs in all: at most " + VCPUS_MAX + " can be run.");
        }
        return vms;
    }
}
