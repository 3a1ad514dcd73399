package io.trapline.app.cli;

import io.trapline.producer.publish.PublishProgress;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A progress bar on stderr where that is a terminal, and nothing elsewhere. */
final class PublishBar implements PublishProgress, AutoCloseable {
    private static final long SIZE_UNKNOWN = -1;

    private final ProgressBar bar;
    private long before;

    private PublishBar(ProgressBar bar) {
        this.bar = bar;
    }

    static PublishBar onTerminal(String task) {
        return new PublishBar(
                System.console() == null
                        ? null
                        : new ProgressBarBuilder()
                                .setTaskName(task)
                                .setInitialMax(SIZE_UNKNOWN)
                                .setUnit(" events", 1)
                                .showSpeed()
                                .build());
    }

    @Override
    public void sent(long events, long bytes) {
        if (bar != null) {
            bar.stepTo(before + events);
        }
    }

    @Override
    public void resumed(long events) {
        before = events;
        if (bar != null) {
            bar.setExtraMessage("goes on at event " + events);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
