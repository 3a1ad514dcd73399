package io.trapline.streams.totals;

import io.trapline.schemas.avro.AccessCostRow;
import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.avro.HotSpotsRow;
import io.trapline.schemas.avro.NestedCostRow;
import io.trapline.schemas.avro.WhatIfRow;
import io.trapline.schemas.event.StreamKey;

/** Keys of a run's rows, on the topic and in the store. */
final class SummaryKeys {
    private SummaryKeys() {}

    static String description(String run) {
        return StreamKey.join(run, "run");
    }

    static String exit(ExitCostRow row) {
        return StreamKey.join(
                row.getRun(),
                "exit",
                row.getVm(),
                Integer.toString(row.getVcpu()),
                row.getLevel(),
                Integer.toString(row.getIsa()),
                Long.toString(row.getReason()),
                row.getDetail());
    }

    static String exits(String run) {
        return StreamKey.join(run, "exit", "");
    }

    static String exits(StreamKey stream) {
        return StreamKey.join(stream.run(), "exit", stream.vm(), Integer.toString(stream.vcpu()), "");
    }

    static String access(AccessCostRow row) {
        return StreamKey.join(
                row.getRun(), "access", row.getVm(), Integer.toString(row.getVcpu()), row.getView(), row.getAccess());
    }

    static String accesses(String run) {
        return StreamKey.join(run, "access", "");
    }

    static String accesses(StreamKey stream) {
        return StreamKey.join(stream.run(), "access", stream.vm(), Integer.toString(stream.vcpu()), "");
    }

    static String nested(NestedCostRow row) {
        return StreamKey.join(
                row.getRun(),
                "nested",
                row.getVm(),
                Integer.toString(row.getVcpu()),
                Integer.toString(row.getIsa()),
                Long.toString(row.getReason()),
                row.getDetail());
    }

    static String nested(String run) {
        return StreamKey.join(run, "nested", "");
    }

    static String nested(StreamKey stream) {
        return StreamKey.join(stream.run(), "nested", stream.vm(), Integer.toString(stream.vcpu()), "");
    }

    static String hotSpots(HotSpotsRow row) {
        return StreamKey.join(row.getRun(), "hot-spots", row.getVm(), Integer.toString(row.getVcpu()), row.getKind());
    }

    static String hotSpots(String run) {
        return StreamKey.join(run, "hot-spots", "");
    }

    static String hotSpots(StreamKey stream) {
        return StreamKey.join(stream.run(), "hot-spots", stream.vm(), Integer.toString(stream.vcpu()), "");
    }

    static String finding(String run, String id) {
        return StreamKey.join(run, "finding", id);
    }

    static String policy(String run, String policy) {
        return StreamKey.join(run, "policy", policy);
    }

    /** Of one stream: only in the store. */
    static String verdict(StreamKey stream, String policy) {
        return StreamKey.join(stream.run(), "verdict", policy, stream.vm(), Integer.toString(stream.vcpu()));
    }

    static String verdicts(String run) {
        return StreamKey.join(run, "verdict", "");
    }

    static String stream(String run, String vm, int vcpu) {
        return StreamKey.join(run, "stream", vm, Integer.toString(vcpu));
    }

    static String streams(String run) {
        return StreamKey.join(run, "stream", "");
    }

    /** Of the run where VM and level are empty. */
    static String whatIf(WhatIfRow row) {
        return StreamKey.join(row.getRun(), "what-if", row.getStrategy(), row.getVm(), row.getLevel());
    }

    static String whatIfTally(StreamKey stream) {
        return StreamKey.join(stream.run(), "tally", stream.vm(), Integer.toString(stream.vcpu()));
    }

    static String whatIfTallies(String run) {
        return StreamKey.join(run, "tally", "");
    }

    static String complete(String run) {
        return StreamKey.join(run, "complete");
    }

    static String all(String run) {
        return StreamKey.join(run, "");
    }
}
