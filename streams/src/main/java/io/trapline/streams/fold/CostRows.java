package io.trapline.streams.fold;

import io.trapline.schemas.avro.AccessCostRow;
import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.avro.HotSpot;
import io.trapline.schemas.avro.HotSpotsRow;
import io.trapline.schemas.avro.NestedCostRow;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.cost.AccessCell;
import io.trapline.streams.cost.CostCell;
import io.trapline.streams.cost.HotSpots;
import io.trapline.streams.cost.NestedCell;
import io.trapline.streams.cost.StreamCosts;
import java.util.List;

/** The costs of one stream as rows. */
record CostRows(String analysis, StreamKey stream) {
    /** All that one window has counted. */
    void sendWindow(StreamCosts costs, long window, RowSink sink) {
        sendExits(costs, window, false, sink);
        costs.nested().window().forEach(cell -> sink.nestedCost(nested(cell)));
        costs.accesses().window().forEach(place -> sink.accessCost(access(place)));
    }

    /** The exits of a window, final or for people who watch. */
    void sendExits(StreamCosts costs, long window, boolean provisional, RowSink sink) {
        for (CostCell cell : costs.exits().window()) {
            sink.exitCost(new ExitCostRow(
                    analysis,
                    stream.run(),
                    stream.vm(),
                    stream.vcpu(),
                    cell.level().title(),
                    cell.isa(),
                    cell.reason(),
                    cell.detail(),
                    window,
                    provisional,
                    cell.open(),
                    cell.time().toRow(),
                    cell.syncs(),
                    cell.parts().userspace(),
                    cell.parts().halted(),
                    cell.parts().preempted(),
                    cell.parts().unknown()));
        }
    }

    /** The places of the whole stream. */
    void sendPlaces(StreamCosts costs, RowSink sink) {
        sendPlaces(HotSpots.PAGES, costs.pages(), sink);
        sendPlaces(HotSpots.RIPS, costs.rips(), sink);
    }

    private void sendPlaces(String kind, HotSpots spots, RowSink sink) {
        List<HotSpot> rows = spots.rows();
        if (!rows.isEmpty()) {
            sink.hotSpots(
                    new HotSpotsRow(analysis, stream.run(), stream.vm(), stream.vcpu(), kind, rows, spots.unlisted()));
        }
    }

    private NestedCostRow nested(NestedCell cell) {
        NestedCostRow row = cell.toRow();
        row.setAnalysis(analysis);
        row.setRun(stream.run());
        row.setVm(stream.vm());
        row.setVcpu(stream.vcpu());
        return row;
    }

    private AccessCostRow access(AccessCell place) {
        return new AccessCostRow(
                analysis,
                stream.run(),
                stream.vm(),
                stream.vcpu(),
                place.view().title(),
                place.access(),
                place.time().toRow());
    }
}
