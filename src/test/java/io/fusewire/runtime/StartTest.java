package io.fusewire.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fusewire.testing.RunningGateway;
import io.fusewire.validate.ErrorSentences;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong stops the start, in one sentence that says what to do. */
class StartTest {
    @TempDir
    Path folder;

    static Stream<Arguments> properties() {
        return Stream.of(
                Arguments.of(Map.of("fusewire.webhook.secrets", " "), "set fusewire.webhook.secrets"),
                Arguments.of(Map.of("fusewire.webhook.tolerance", "soon"), "fusewire.webhook.tolerance: 'soon'"),
                Arguments.of(Map.of("fusewire.webhook.max-body-size", "big"), "fusewire.webhook.max-body-size: 'big'"),
                Arguments.of(
                        Map.of("fusewire.webhook.accept-plain-signature", "maybe"),
                        "fusewire.webhook.accept-plain-signature: 'maybe' is neither true nor false"),
                Arguments.of(
                        Map.of("fusewire.webhook.max-in-flight", "many"), "fusewire.webhook.max-in-flight: 'many'"),
                Arguments.of(
                        Map.of("fusewire.webhook.secrets", "", "fusewire.webhook.secrets-file", "absent.txt"),
                        "fusewire.webhook.secrets-file: cannot read the file /"),
                Arguments.of(
                        Map.of("sinks.slack.webhook-url", "hooks.slack.com/services/T/B/X"),
                        "sinks.slack.webhook-url is not an http or https URL."),
                Arguments.of(
                        Map.of("fusewire.sources.shop.slack-webhook-url", "ftp://x/y"),
                        "fusewire.sources.shop.slack-webhook-url is not an http or https URL."),
                Arguments.of(Map.of("langfuse.base-url", "cloud"), "langfuse.base-url"),
                Arguments.of(
                        Map.of("fusewire.weebhook.secrets", "x"),
                        "There is no property 'fusewire.weebhook.secrets'; did you mean 'fusewire.webhook.secrets'?"));
    }

    @Test
    void a_port_that_is_taken_stops_the_start() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = String.valueOf(taken.getLocalPort());
            assertThatThrownBy(() -> RunningGateway.in(folder, Map.of("camel.server.port", port)))
                    .hasStackTraceContaining("camel.server.port: port " + port
                            + " is taken; stop what listens there, or set another one.");
        }
    }

    @ParameterizedTest
    @MethodSource("properties")
    void a_wrong_property_stops_the_start(Map<String, String> properties, String sentence) {
        assertThat(faultOf(properties)).contains(sentence);
    }

    @Test
    void a_rule_that_names_an_absent_sink_stops_the_start() throws IOException {
        replace("routes/rules/built-in.camel.yaml", "sinks: slack,pagerduty", "sinks: slak,pagerduty");
        assertThat(faultOf(Map.of()))
                .contains("names the sink 'slak'; there are email, metrics, pagerduty, slack, teams, webhook.");
    }

    @Test
    void an_unknown_severity_stops_the_start() throws IOException {
        replace("routes/rules/built-in.camel.yaml", "severity: critical", "severity: fatal");
        assertThat(faultOf(Map.of()))
                .contains("there is no severity 'fatal'; there are critical, error, warning, info");
    }

    @Test
    void a_sink_with_an_unknown_policy_stops_the_start() throws IOException {
        replace(
                "routes/sinks/slack.camel.yaml",
                "routeConfigurationId: fusewire-patient",
                "routeConfigurationId: pacient");
        assertThat(faultOf(Map.of()))
                .contains(
                        "slack.camel.yaml: route fusewire-sink-slack asks for the policy 'pacient'; there are",
                        "fusewire-patient");
    }

    @Test
    void a_sink_without_a_policy_stops_the_start() throws IOException {
        replace("routes/sinks/slack.camel.yaml", "    routeConfigurationId: fusewire-patient\n", "");
        assertThat(faultOf(Map.of())).contains("sink route fusewire-sink-slack names no policy");
    }

    @Test
    void a_route_without_a_description_stops_the_start() throws IOException {
        replace("routes/sinks/slack.camel.yaml", "    description: Posts each", "    note: Posts each");
        assertThat(faultOf(Map.of())).contains("route fusewire-sink-slack has no description");
    }

    @Test
    void yaml_that_cannot_be_read_stops_the_start_with_file_and_line() throws IOException {
        replace("routes/rules/built-in.camel.yaml", "- filter:", "- fliter:");
        assertThat(faultOf(Map.of())).contains("built-in.camel.yaml", "line");
    }

    private String faultOf(Map<String, String> properties) {
        Throwable fault =
                catchThrowable(() -> RunningGateway.in(folder, properties).close());
        assertThat(fault).isNotNull();
        return ErrorSentences.of(fault);
    }

    private void replace(String file, String old, String with) throws IOException {
        String text = Files.readString(Path.of("src/main/resources").resolve(file));
        assertThat(text).contains(old);
        Path target = folder.resolve(file);
        Files.createDirectories(target.getParent());
        Files.writeString(target, text.replace(old, with));
    }
}
