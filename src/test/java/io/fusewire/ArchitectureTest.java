package io.fusewire;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;

/** Who may know whom: the rows of docs/architecture.md. */
@AnalyzeClasses(packages = "io.fusewire", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String CAMEL = "org.apache.camel..";

    @ArchTest
    static final ArchRule a_signature_knows_the_jdk_alone = classes()
            .that(in("signature"))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "javax.crypto..", "io.fusewire.signature..", "io.fusewire.error..");

    @ArchTest
    static final ArchRule an_error_knows_the_jdk_alone = classes()
            .that(in("error"))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.fusewire.error..");

    @ArchTest
    static final ArchRule a_text_knows_the_jdk_alone = classes()
            .that(in("text"))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.fusewire.text..");

    @ArchTest
    static final ArchRule an_event_knows_the_jdk_jackson_and_errors = classes()
            .that(in("event"))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "com.fasterxml.jackson..", "io.fusewire.event..", "io.fusewire.error..");

    @ArchTest
    static final ArchRule the_store_knows_events_and_errors_of_ours = ofOurs("store", "event", "error");

    @ArchTest
    static final ArchRule a_message_knows_events_and_errors_of_ours = ofOurs("message", "event", "error", "text");

    @ArchTest
    static final ArchRule a_poll_s_client_knows_events_the_store_and_errors_of_ours =
            ofOurs("poll.client", "event", "store", "error");

    @ArchTest
    static final ArchRule the_component_knows_errors_of_ours = ofOurs("component", "error");

    @ArchTest
    static final ArchRule a_webhook_knows_what_stands_below_it =
            ofOurs("webhook", "component", "error", "event", "signature", "store");

    @ArchTest
    static final ArchRule rules_know_what_stands_below_them_and_the_sinks =
            ofOurs("rules", "component", "delivery", "error", "event", "message", "store");

    @ArchTest
    static final ArchRule a_delivery_knows_what_stands_below_it =
            ofOurs("delivery", "component", "error", "event", "message", "signature", "store");

    @ArchTest
    static final ArchRule a_poll_knows_its_client_and_what_stands_below_it =
            ofOurs("poll", "component", "error", "event", "store");

    @ArchTest
    static final ArchRule metrics_know_what_they_count = ofOurs("metrics", "component", "error", "store");

    @ArchTest
    static final ArchRule health_knows_what_it_measures = ofOurs("health", "error", "metrics", "poll", "store");

    @ArchTest
    static final ArchRule what_is_configured_is_known_to_config =
            ofOurs("config", "delivery", "error", "poll", "signature", "store", "text", "webhook");

    @ArchTest
    static final ArchRule validation_knows_the_routes_model_of_ours = ofOurs("validate", "component");

    @ArchTest
    static final ArchRule packages_know_each_other_one_way =
            slices().matching("io.fusewire.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule what_is_pure_knows_no_camel = noClasses()
            .that(in("signature")
                    .or(in("error"))
                    .or(in("event"))
                    .or(in("store"))
                    .or(in("message"))
                    .or(in("poll.client")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CAMEL);

    @ArchTest
    static final ArchRule only_the_ways_in_know_what_assembles = noClasses()
            .that(not(in("runtime").or(in("cli")).or(in("embed")).or(at("io.fusewire"))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fusewire", "io.fusewire.runtime..", "io.fusewire.cli..", "io.fusewire.embed..");

    private static ArchRule ofOurs(String name, String... known) {
        DescribedPredicate<JavaClass> stranger = at("io.fusewire..").and(not(in(name)));
        for (String each : known) {
            stranger = stranger.and(not(in(each)));
        }
        return noClasses()
                .that(in(name))
                .should()
                .dependOnClassesThat(stranger.as("know more of ours than " + Arrays.toString(known)));
    }

    private static DescribedPredicate<JavaClass> in(String name) {
        return at("io.fusewire." + name + "..");
    }

    private static DescribedPredicate<JavaClass> at(String place) {
        return JavaClass.Predicates.resideInAPackage(place);
    }

    private static DescribedPredicate<JavaClass> not(DescribedPredicate<JavaClass> some) {
        return DescribedPredicate.not(some);
    }
}
