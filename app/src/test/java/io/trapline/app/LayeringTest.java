package io.trapline.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The direction of the arrows inside {@code app}. */
class LayeringTest {

    private static final String KRAFT_NODE = "io.trapline.app.broker.KraftNode";

    private static final String[] KAFKA_INTERNAL = {
        "kafka..",
        "scala..",
        "org.apache.kafka.common.utils..",
        "org.apache.kafka.controller..",
        "org.apache.kafka.coordinator..",
        "org.apache.kafka.image..",
        "org.apache.kafka.metadata..",
        "org.apache.kafka.raft..",
        "org.apache.kafka.server..",
        "org.apache.kafka.storage.."
    };

    private final JavaClasses app = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.trapline.app");

    @Test
    void onlyKraftNodeTouchesKafkaInternals() {
        noClasses()
                .that(DescribedPredicate.describe("are not KraftNode", type -> !isKraftNode(type)))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(KAFKA_INTERNAL)
                .check(app);
    }

    private static boolean isKraftNode(JavaClass type) {
        return type.getName().equals(KRAFT_NODE) || type.getName().startsWith(KRAFT_NODE + "$");
    }

    @Test
    void theCommandLineNamesNoKafkaClass() {
        noClasses()
                .that()
                .resideInAnyPackage("io.trapline.app", "io.trapline.app.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kafka..", "org.apache.kafka..")
                .check(app);
    }

    @Test
    void onlyTheLogPackageKnowsLogback() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.trapline.app.log..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ch.qos.logback..")
                .check(app);
    }

    @Test
    void packagesDoNotFormCycles() {
        slices().matching("io.trapline.app.(*)..").should().beFreeOfCycles().check(app);
    }
}
