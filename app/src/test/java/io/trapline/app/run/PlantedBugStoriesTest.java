package io.trapline.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.report.Evidence;
import io.trapline.app.report.Finding;
import io.trapline.producer.emulator.Bug;
import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.retrace.FindingStory;
import io.trapline.streams.retrace.Rule;
import io.trapline.streams.retrace.Story;
import io.trapline.streams.totals.Analysis;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is found has a story: the fold, done again, comes to the same finding at the same event. */
class PlantedBugStoriesTest {
    @ParameterizedTest
    @EnumSource(Bug.class)
    void everyFindingCanBeExplained(Bug bug) {
        EmulatorOptions options = EmulatorOptions.ofSeed(5).withEvents(15_000).withBugs(bug);
        Analysis analysis = new Analysis(Analysis.LIVE);
        Run run = new Emulator(options).run(analysis::accept).run();

        for (Finding finding : RunDocument.of(analysis.finish(run)).findings()) {
            Story story = story(options, run, finding);
            assertThat(story.steps()).as(finding.id()).hasSameSizeAs(finding.evidence());
            assertThat(story.known()).isNotEmpty();
            assertThat(story.steps())
                    .filteredOn(step -> step.event().getSeq() == finding.seq())
                    .allSatisfy(step -> assertThat(step.deeds()).isNotEmpty());
        }
    }

    private static Story story(EmulatorOptions options, Run run, Finding finding) {
        StreamKey stream = new StreamKey(run.getRun(), finding.vm(), finding.vcpu());
        FindingStory story = new FindingStory(
                new FindingStory.Wanted(
                        stream,
                        finding.id(),
                        finding.seq(),
                        Rule.valueOf(finding.rule()),
                        finding.evidence().stream().map(Evidence::seq).collect(Collectors.toSet())),
                AnalysisInputs.named(Analysis.LIVE));
        new Emulator(options).run(chunk -> {
            if (chunk.stream().equals(stream)) {
                story.accept(chunk);
            }
        });
        return story.finish();
    }
}
