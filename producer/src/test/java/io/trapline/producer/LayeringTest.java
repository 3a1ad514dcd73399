package io.trapline.producer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom: {@code analyze} runs an import without a Kafka class in the JVM. */
@AnalyzeClasses(packages = "io.trapline.producer", importOptions = DoNotIncludeTests.class)
class LayeringTest {

    @ArchTest
    static final ArchRule IMPORTERS_KNOW_NO_KAFKA = noClasses()
            .that()
            .resideOutsideOfPackage("..producer.publish..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "..producer.publish..", "io.trapline.schemas.serde..");

    @ArchTest
    static final ArchRule IDENTITY_KNOWS_NO_FORMAT = noClasses()
            .that()
            .resideInAPackage("..producer.identity..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..producer.ftrace..",
                    "..producer.tracecmd..",
                    "..producer.perfscript..",
                    "..producer.text..",
                    "..producer.format..",
                    "..producer.source..");

    @ArchTest
    static final ArchRule SOURCES_KNOW_NO_EVENTS = noClasses()
            .that()
            .resideInAPackage("..producer.source..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..producer.ftrace..", "..producer.identity..", "io.trapline.schemas..");

    @ArchTest
    static final ArchRule IMPORTERS_KNOW_NO_EMULATOR = noClasses()
            .that()
            .resideInAnyPackage("..producer.ftrace..", "..producer.identity..", "..producer.source..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..producer.emulator..");
}
