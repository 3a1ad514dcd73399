package io.trapline.streams.topology;

import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.avro.StreamEndMark;
import io.trapline.schemas.event.StreamKey;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Tells each stream of a finished run where it ends, in the partition where its chunks are. */
final class AnnounceStreamEnds extends ContextualProcessor<String, Run, String, StreamEndMark> {
    @Override
    public void process(Record<String, Run> record) {
        Run run = record.value();
        boolean finished = run != null && run.getStatus() != RunStatus.OPEN && run.getStatus() != RunStatus.UNKNOWN;
        if (finished) {
            for (RunStream stream : run.getStreams()) {
                String key = new StreamKey(run.getRun(), stream.getVm(), stream.getVcpu()).encode();
                StreamEndMark mark = new StreamEndMark(
                        run.getRun(),
                        stream.getVm(),
                        stream.getVcpu(),
                        stream.getLastSeq(),
                        stream.getPartition(),
                        stream.getLastOffset());
                context().forward(record.withKey(key).withValue(mark));
            }
        }
    }
}
