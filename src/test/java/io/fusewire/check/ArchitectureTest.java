package io.fusewire.check;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(packages = "io.fusewire", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String CAMEL = "org.apache.camel..";

    @ArchTest
    static final ArchRule the_signature_knows_the_jdk_alone = classes()
            .that(in("signature").and(not("VerifySignature")))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "javax.crypto..", "io.fusewire.signature..");

    @ArchTest
    static final ArchRule an_event_knows_the_jdk_and_jackson = classes()
            .that(in("event").and(not("ReadEvent")))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "com.fasterxml.jackson..", "io.fusewire.event..");

    @ArchTest
    static final ArchRule the_store_knows_no_camel = noClasses()
            .that(in("store"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CAMEL, "io.fusewire.alert..", "io.fusewire.queue..");

    @ArchTest
    static final ArchRule only_the_inbox_and_its_tray_know_an_event = noClasses()
            .that(in("store").and(not("Inbox")).and(not("Tray")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fusewire.event..");

    @ArchTest
    static final ArchRule a_poll_knows_events_and_the_store_and_no_camel = noClasses()
            .that(in("poll"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    CAMEL, "io.fusewire.alert..", "io.fusewire.queue..", "io.fusewire.http..", "io.fusewire.metrics..");

    @ArchTest
    static final ArchRule an_alert_knows_no_camel_and_no_store = noClasses()
            .that(in("alert"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CAMEL, "io.fusewire.store..", "io.fusewire.queue..");

    @ArchTest
    static final ArchRule a_check_knows_queue_poll_store_and_metrics_of_ours = noClasses()
            .that(in("check"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fusewire.alert..", "io.fusewire.event..", "io.fusewire.http..", "io.fusewire.signature..");

    @ArchTest
    static final ArchRule nobody_knows_the_root = noClasses()
            .that()
            .resideOutsideOfPackage("io.fusewire")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fusewire");

    private static DescribedPredicate<JavaClass> in(String name) {
        return JavaClass.Predicates.resideInAPackage("io.fusewire." + name + "..");
    }

    private static DescribedPredicate<JavaClass> not(String name) {
        return DescribedPredicate.describe(
                "not " + name, found -> !found.getSimpleName().equals(name));
    }
}
