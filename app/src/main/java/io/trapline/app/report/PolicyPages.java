package io.trapline.app.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trapline.app.report.TextTable.Side;
import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.kernel.KernelRange;
import io.trapline.schemas.kernel.KernelVersion;
import io.trapline.streams.policy.Policy;
import io.trapline.streams.policy.PolicyKind;
import io.trapline.streams.retrace.Rule;
import java.util.List;

/** What the policies are: {@code trapline.policies/1} for programs; for people a table, or a page of one. */
public final class PolicyPages {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PolicyPages() {}

    /** One line a policy. */
    public static String list(List<Policy> policies) {
        TextTable table = new TextTable(List.of(Side.LEFT, Side.LEFT, Side.LEFT, Side.LEFT, Side.LEFT));
        table.row(List.of("id", "severity", "kind", "rule", "title"));
        for (Policy policy : policies) {
            Policy.Description is = policy.description();
            table.row(List.of(is.id(), is.severity().name(), kind(is.kind()), is.rule(), is.title()));
        }
        return String.join("\n", table.lines()) + "\n";
    }

    /** {@code trace}; {@code trace on VMX, hint on SVM}; {@code trace on VMX}. */
    private static String kind(PolicyKind.OnIsa kind) {
        if (kind.vmx() == kind.svm()) {
            return kind.vmx().title();
        }
        String vmx = kind.vmx() == null ? "" : kind.vmx().title() + " on VMX";
        String svm = kind.svm() == null ? "" : kind.svm().title() + " on SVM";
        return vmx + (vmx.isEmpty() || svm.isEmpty() ? "" : ", ") + svm;
    }

    /** All there is to say of one. */
    public static String page(Policy policy) {
        Policy.Description is = policy.description();
        Rule rule = Rule.valueOf(is.rule());
        StringBuilder out = new StringBuilder();
        out.append(Lines.wrapped("", is.id() + " " + is.title()));
        out.append(Lines.wrapped("  ", is.detects())).append('\n');
        out.append(Lines.wrapped("  severity  ", is.severity().name()));
        out.append(Lines.wrapped("  kind      ", kind(is.kind())));
        out.append(Lines.wrapped("  rule      ", rule + ": " + rule.sentence()));
        out.append(Lines.wrapped("  needs     ", String.join(", ", needs(policy))));
        String recipe = recipe(policy);
        // One line, however long: what a person copies must not be broken.
        out.append("  record    ")
                .append(recipe == null ? "no recording has it" : recipe)
                .append('\n');
        if (policy.input() != null) {
            out.append(Lines.wrapped("  told      ", policy.input()));
        }
        out.append(Lines.wrapped("  caught    ", is.caught() == null ? "nothing so far" : is.caught()));
        out.append(
                Lines.wrapped("  fixed in  ", is.fixedIn() == null ? "no kernel is known to misbehave" : is.fixedIn()));
        for (Policy.Sound sound : policy.sound()) {
            out.append(Lines.wrapped("  sound     ", sound.behaviour() + kernels(sound.in())));
        }
        return out.toString();
    }

    private static String kernels(KernelRange range) {
        if (range == null) {
            return "";
        }
        if (range.from() == null) {
            return " in kernels up to " + range.to();
        }
        return " in kernels from " + range.from() + (range.to() == null ? " on" : " to " + range.to());
    }

    private static List<String> needs(Policy policy) {
        return policy.description().needs().stream().map(EventFamily::title).toList();
    }

    private static String recipe(Policy policy) {
        return Recipe.of(needs(policy), needs(policy));
    }

    /** Names and their order are a contract. */
    public static String json(List<Policy> policies) {
        ObjectNode node = NODES.objectNode().put("schema", "trapline.policies/1");
        ArrayNode array = node.putArray("policies");
        policies.forEach(policy -> array.add(tree(policy)));
        return JsonReport.print(node);
    }

    private static ObjectNode tree(Policy policy) {
        Policy.Description is = policy.description();
        ObjectNode node = NODES.objectNode()
                .put("id", is.id())
                .put("title", is.title())
                .put("severity", is.severity().name());
        node.putObject("kind")
                .put("vmx", title(is.kind().vmx()))
                .put("svm", title(is.kind().svm()));
        node.put("detects", is.detects());
        node.put("rule", is.rule()).put("sentence", Rule.valueOf(is.rule()).sentence());
        ArrayNode needs = node.putArray("needs");
        needs(policy).forEach(needs::add);
        node.put("input", policy.input())
                .put("recipe", recipe(policy))
                .put("caught", is.caught())
                .put("fixed_in", is.fixedIn());
        ArrayNode sound = node.putArray("sound");
        for (Policy.Sound each : policy.sound()) {
            sound.addObject()
                    .put("behaviour", each.behaviour())
                    .put("from", each.in() == null ? null : text(each.in().from()))
                    .put("up_to", each.in() == null ? null : text(each.in().to()));
        }
        return node;
    }

    private static String title(PolicyKind kind) {
        return kind == null ? null : kind.title();
    }

    private static String text(KernelVersion version) {
        return version == null ? null : version.toString();
    }
}
