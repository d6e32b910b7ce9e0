package io.fusewire.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes in Java and XML beside the packaged jar. */
class RouteLanguagesIT {
    private static final List<String> DEV = List.of("-Dcamel.main.profile=dev");
    private static final List<String> CHECK = List.of("check");
    private static final String JAVA =
            """
            import org.apache.camel.builder.RouteBuilder;

            public class Loud extends RouteBuilder {
                @Override
                public void configure() {
                    from("fusewire:in-process/loud").routeId("loud").description("Tells the log.")
                        .log("%s ${body.rule}").id("loud-log");
                }
            }
            """;
    private static final String RULE =
            """
            import org.apache.camel.builder.RouteBuilder;

            public class Errors extends RouteBuilder {
                @Override
                public void configure() {
                    from("fusewire:events").routeId("errors").description("Traces that failed.")
                        .filter(exchange -> "ERROR".equals(exchange.getMessage().getHeader("level"))).id("is-error")
                            .to("fusewire:alert/failed-trace?severity=info&sinks=loud").id("failed-trace");
                }
            }
            """;
    private static final String XML =
            """
            <route xmlns="http://camel.apache.org/schema/xml-io" id="quiet" description="Tells nobody.">
              <from uri="fusewire:in-process/quiet"/>
              <stop id="quiet-stop"/>
            </route>
            """;

    @TempDir
    Path folder;

    private Path sinks;

    @BeforeEach
    void makeFolder() throws IOException {
        sinks = Files.createDirectories(folder.resolve("routes/sinks"));
    }

    @Test
    void a_jar_without_the_folder_lib_dsl_refuses_them_and_says_what_to_add() throws Exception {
        Path jar = Files.copy(GatewayProcess.JAR, folder.resolve("fusewire.jar"));
        copy("lib");
        assertThat(GatewayProcess.run(jar, folder, 0, DEV, CHECK)).endsWith("cases hold.\n");
        Files.writeString(sinks.resolve("Loud.java"), JAVA.formatted("loud"));
        Files.writeString(sinks.resolve("quiet.camel.xml"), XML);
        assertThat(GatewayProcess.run(jar, folder, 1, DEV, CHECK))
                .contains(
                        "routes/sinks/Loud.java needs camel-java-joor-dsl, which isn't there; copy the folder lib-dsl,")
                .contains("routes/sinks/quiet.camel.xml needs camel-xml-io-dsl, which isn't there;");
        copy("lib-dsl");
        assertThat(GatewayProcess.run(jar, folder, 0, DEV, CHECK))
                .contains("routes/sinks/Loud.java: no rule names the sink 'loud'.")
                .contains("routes/sinks/quiet.camel.xml: no rule names the sink 'quiet'.");
    }

    @Test
    void a_runtime_without_a_compiler_refuses_java_and_says_what_to_run_it_by() throws Exception {
        Files.writeString(sinks.resolve("Loud.java"), JAVA.formatted("loud"));
        Files.writeString(sinks.resolve("quiet.camel.xml"), XML);
        List<String> runtime = List.of(DEV.get(0), "--limit-modules", "java.se,jdk.unsupported,jdk.management");
        assertThat(GatewayProcess.run(GatewayProcess.JAR, folder, 1, runtime, CHECK))
                .containsPattern("routes/sinks/Loud.java needs a compiler, which \\S+ doesn't have;"
                        + " run the gateway by a JDK\\.\n$")
                .doesNotContain("quiet");
    }

    @Test
    void a_saved_class_is_in_force_and_one_that_does_not_compile_leaves_the_old() throws Exception {
        Files.writeString(sinks.resolve("Loud.java"), JAVA.formatted("first"));
        Path rules = Files.createDirectories(folder.resolve("routes/rules"));
        Files.writeString(rules.resolve("Errors.java"), RULE);
        try (GatewayProcess gateway = GatewayProcess.start(GatewayProcess.JAR, folder, "-Dcamel.main.profile=dev")) {
            send(gateway, "trace-1");
            await().until(() -> gateway.log().contains("first failed-trace"));

            Files.writeString(sinks.resolve("Loud.java"), JAVA.formatted("second"));
            await().until(() -> gateway.log().contains("Loud.java: saved, tried with "));
            await().until(() -> gateway.log().split("Fusewire takes webhooks", -1).length == 3);
            send(gateway, "trace-2");
            await().until(() -> gateway.log().contains("second failed-trace"));

            Files.writeString(
                    sinks.resolve("Loud.java"), JAVA.formatted("third").replace(".log(", ".lock("));
            await().until(() -> gateway.log().contains("not in force; what was before stays so."));
            assertThat(gateway.log())
                    .contains("Loud.java, line 7: cannot find symbol (symbol: method lock(java.lang.String),");
            send(gateway, "trace-3");
            await().until(() -> gateway.log().split("second failed-trace", -1).length == 3);
            assertThat(gateway.terminate()).isZero();
        }
    }

    private void copy(String lib) throws IOException {
        Path target = Files.createDirectories(folder.resolve(lib));
        try (Stream<Path> jars = Files.list(GatewayProcess.JAR.resolveSibling(lib))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, target.resolve(jar.getFileName()));
            }
        }
    }

    private void send(GatewayProcess gateway, String trace) throws Exception {
        Path event = folder.resolve(trace + ".json");
        Files.writeString(
                event,
                """
                {"event": "trace.updated", "timestamp": "2026-08-22T08:21:04.250Z",
                 "data": {"traceId": "%s", "level": "ERROR"}}
                """
                        .formatted(trace));
        gateway.send(GatewayProcess.JAR, folder, 0, event);
    }
}
