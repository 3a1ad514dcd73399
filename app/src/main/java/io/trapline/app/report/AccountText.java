package io.trapline.app.report;

import java.math.BigInteger;
import java.util.List;
import java.util.function.ToLongFunction;

/** The books of a run for people: first of all that they do not balance, else where the time of its vCPUs went. */
final class AccountText {
    private final Audit audit;
    private final RunClock clock;
    private final Ink ink;

    AccountText(SummaryDocument document, Ink ink) {
        audit = document.audit();
        clock = document.run().clock();
        this.ink = ink;
    }

    void appendImbalances(StringBuilder out) {
        List<String> sentences = audit.imbalances();
        if (!sentences.isEmpty()) {
            out.append(ink.alarm("The books do not balance: do not trust the figures below."))
                    .append('\n');
            sentences.forEach(sentence -> out.append(Lines.wrapped("  - ", sentence)));
        }
    }

    void appendBalance(StringBuilder out) {
        List<StreamAccount> vcpus = audit.vcpus();
        if (vcpus.isEmpty() || !audit.balanced()) {
            return;
        }
        out.append("Accounts: ").append(HumanFigures.counted(vcpus.size(), "vCPU"));
        out.append(vcpus.size() == 1 ? " balances" : " balance");
        BigInteger wall = sum(vcpus, StreamAccount::wall);
        if (clock.measures() && wall.signum() > 0) {
            out.append(": ").append(HumanFigures.percent(sum(vcpus, StreamAccount::guest), wall));
            out.append(" % guest, ").append(HumanFigures.percent(sum(vcpus, StreamAccount::host), wall));
            out.append(" % host, ").append(HumanFigures.percent(sum(vcpus, StreamAccount::unknown), wall));
            out.append(" % unknown");
        }
        out.append(".\n");
    }

    private static BigInteger sum(List<StreamAccount> vcpus, ToLongFunction<StreamAccount> figure) {
        return vcpus.stream()
                .map(vcpu -> BigInteger.valueOf(figure.applyAsLong(vcpu)))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }
}
