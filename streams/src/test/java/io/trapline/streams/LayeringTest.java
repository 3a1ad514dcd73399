package io.trapline.streams;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The replay decides purely: no Kafka, no I/O, no clock, no chance; and packages depend in one direction. */
@AnalyzeClasses(packages = "io.trapline.streams", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
    private static final String[] PURE = {
        "..streams.core..",
        "..streams.policy..",
        "..streams.cost..",
        "..streams.fold..",
        "..streams.totals..",
        "..streams.retrace..",
        "..streams.whatif.."
    };

    @ArchTest
    static final ArchRule THE_REPLAY_IS_PURE = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..",
                    "java.io..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "java.net..",
                    "java.time..",
                    "java.util.concurrent..",
                    "org.slf4j..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.Random|java\\.lang\\.(Thread|Process|ProcessBuilder|Runtime)")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule PACKAGES_DEPEND_IN_ONE_DIRECTION = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("core")
            .definedBy("..streams.core..")
            .layer("profile")
            .definedBy("..streams.profile..")
            .layer("policy")
            .definedBy("..streams.policy..")
            .layer("cost")
            .definedBy("..streams.cost..")
            .layer("whatif")
            .definedBy("..streams.whatif..")
            .layer("fold")
            .definedBy("..streams.fold..")
            .layer("retrace")
            .definedBy("..streams.retrace..")
            .layer("totals")
            .definedBy("..streams.totals..")
            .layer("topology")
            .definedBy("..streams.topology..")
            .whereLayer("topology")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("retrace")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("totals")
            .mayOnlyBeAccessedByLayers("topology")
            .whereLayer("fold")
            .mayOnlyBeAccessedByLayers("retrace", "totals", "topology")
            .whereLayer("profile")
            .mayOnlyBeAccessedByLayers("policy", "fold", "retrace", "totals", "topology")
            .whereLayer("policy")
            .mayOnlyBeAccessedByLayers("fold", "retrace", "totals", "topology")
            .whereLayer("whatif")
            .mayOnlyBeAccessedByLayers("fold", "retrace", "totals", "topology")
            .whereLayer("cost")
            .mayOnlyBeAccessedByLayers("fold", "retrace", "totals", "topology");
}
