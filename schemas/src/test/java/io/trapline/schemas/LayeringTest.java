package io.trapline.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The direction of the packages: only the serdes know Kafka, so that {@code analyze} loads none of it. */
@AnalyzeClasses(packages = "io.trapline.schemas", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
    @ArchTest
    static final ArchRule ONLY_SERDES_KNOW_KAFKA = noClasses()
            .that()
            .resideOutsideOfPackage("io.trapline.schemas.serde..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule EVENTS_DO_NOT_KNOW_THE_WIRE = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.trapline.schemas.event..", "io.trapline.schemas.table..", "io.trapline.schemas.topic..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.trapline.schemas.wire..", "io.trapline.schemas.serde..");
}
