package io.fusewire.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.testing.RunningGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a gateway would not start, {@code check} says so and exits with 1; and it reads every text as the gateway does. */
class CheckedStartTest {
    private static final String SECRET = "fusewire.webhook.secrets = lf-whsec_1\n";
    private static final Path MAIN = Path.of("src/main/resources");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void without_a_secret_nothing_would_start() {
        assertThat(check()).isEqualTo(1);
        assertThat(told())
                .startsWith("No webhook could be verified, and nothing is polled: set fusewire.webhook.secrets");
    }

    @Test
    void with_a_secret_it_would_and_nothing_is_left_behind() throws IOException {
        write("application.properties", SECRET, UTF_8);
        assertThat(check()).as(this::told).isZero();
        assertThat(told()).matches("All \\d+ cases hold\\.\n");
        assertThat(folder).isDirectoryContaining(file -> file.endsWith("application.properties"));
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fusewire.webhook.secrets = lf-whsec_... | fusewire.webhook.secrets is the documentation's placeholder",
                "fusewire.webhook.secrets-file = none.txt | fusewire.webhook.secrets-file: cannot read the file FOLDER/none.txt",
                "fusewire.webhook.secrets-file = . | fusewire.webhook.secrets-file: cannot read the file FOLDER;",
                "camel.server.port = 99999 | camel.server.port: '99999' is not a port",
                "fusewire.poll.shop.public-key = pk-lf-1 | fusewire.poll.shop.public-key is set and",
                "fusewire.store.url = mysql://db | fusewire.store.url does not begin with jdbc:postgresql://",
            })
    void what_a_trial_s_own_store_secret_and_ports_would_hide_is_told(String line, String sentence) throws IOException {
        write("application.properties", line.contains("secrets") ? line : SECRET + line, UTF_8);
        assertThat(check()).isEqualTo(1);
        assertThat(told())
                .startsWith(sentence.replace("FOLDER", folder.toString()))
                .hasLineCount(1);
    }

    @Test
    void a_byte_order_mark_is_part_of_no_text() throws IOException {
        write("secret.txt", "\ufefflf-whsec_1\r\n", UTF_8);
        write("application.properties", "\ufefffusewire.webhook.secrets-file = secret.txt\r\n", UTF_8);
        write("routes/rules/built-in.camel.yaml", "\ufeff" + packed("routes/rules/built-in.camel.yaml"), UTF_8);
        write("templates/slack/any.jq", "\ufeff" + packed("templates/slack/any.jq"), UTF_8);
        write("event.json", "\ufeff" + Files.readString(Path.of("examples/events/trace-error.json")), UTF_8);
        write(
                "rules/own.yaml",
                "\ufeff- case: mine\n  event: event.json\n  fires: [trace-error]\n  reaches: [slack, pagerduty]\n",
                UTF_8);
        assertThat(check()).as(this::told).isZero();
        assertThat(told()).matches("All \\d+ cases hold\\.\n");
    }

    @ParameterizedTest
    @CsvSource({
        "application.properties",
        "secret.txt",
        "routes/rules/own.camel.yaml",
        "routes/own.camel.yaml",
        "kamelets/own.kamelet.yaml",
        "templates/slack/any.jq",
        "rules/own.yaml",
        "event.json"
    })
    void another_encoding_is_told_with_file_and_line(String file) throws IOException {
        write("application.properties", "fusewire.webhook.secrets-file = secret.txt\n", UTF_8);
        write("secret.txt", "lf-whsec_1\n", UTF_8);
        if (file.equals("event.json")) {
            write("rules/own.yaml", "- case: mine\n  event: event.json\n  fires: []\n  reaches: []\n", UTF_8);
        }
        write(file, "# a\n# gr\u00fcn\n", ISO_8859_1);
        assertThat(check()).isEqualTo(1);
        assertThat(told())
                .contains(folder.resolve(file) + ", line 2: this is not UTF-8; save the file as UTF-8.")
                .hasLineCount(1);
    }

    @Test
    void an_event_in_another_encoding_is_not_sent() throws IOException {
        Path file = write("event.json", "{\n\"a\": \"gr\u00fcn\"}", ISO_8859_1);
        assertThat(run("send", file.toString())).isEqualTo(2);
        assertThat(err.toString(UTF_8)).isEqualTo(file + ", line 2: this is not UTF-8; save the file as UTF-8.\n");
    }

    @Test
    void a_folder_that_is_not_there_is_named() {
        assertThat(run("check", "--config", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString(UTF_8)).isEqualTo("There is no folder " + folder.resolve("none") + ".\n");
    }

    @Test
    void here_the_store_is_tried_too_and_elsewhere_it_is_not() throws IOException {
        write("application.properties", SECRET, UTF_8);
        write("data/fusewire.db", "x".repeat(5_000), UTF_8);
        assertThat(check()).isZero();
        out.reset();
        assertThat(here(0, 0)).isEqualTo(1);
        assertThat(told())
                .startsWith("fusewire.data-folder: " + folder.resolve("data/fusewire.db") + " is no SQLite file");
    }

    @Test
    void a_port_that_another_program_has_is_told() throws IOException {
        write("application.properties", SECRET, UTF_8);
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThat(here(taken.getLocalPort(), 0)).isEqualTo(1);
            assertThat(told())
                    .startsWith(
                            "camel.server.port: port " + taken.getLocalPort() + " is taken; stop what listens there");
        }
    }

    @Test
    void while_a_gateway_runs_its_ports_are_no_fault() throws Exception {
        write("application.properties", SECRET, UTF_8);
        try (RunningGateway running = RunningGateway.in(Files.createDirectory(folder.resolve("running")), Map.of())) {
            assertThat(here(running.port(), running.managementPort()))
                    .as(this::told)
                    .isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"sinks.slack.webhok-url, hooks.slack.com", "slack.webhook-url, https://hooks.slack.com/x"})
    void a_name_that_there_is_not_is_told_with_its_place_and_its_value_is_not_blamed(String name, String value)
            throws IOException {
        write("application.properties", SECRET + name + " = " + value + "\n", UTF_8);
        assertThat(check()).isEqualTo(1);
        assertThat(told())
                .isEqualTo("There is no property '" + name + "' (set in " + folder.resolve("application.properties")
                        + "); did you mean 'sinks.slack.webhook-url'?\n");
    }

    @Test
    void a_bound_of_a_built_in_rule_may_be_set_though_its_cases_expect_another() throws IOException {
        write("application.properties", SECRET + "rules.low-score.below = 0.05\n", UTF_8);
        assertThat(check()).as(this::told).isZero();
        assertThat(told())
                .contains(
                        "rules/built-in.yaml, case 'a low score': fires nothing and not low-score warning",
                        "; no fault if you meant that by rules.low-score.below\n");
    }

    @Test
    void it_says_whose_configuration_it_checks() throws IOException {
        write("application.properties", SECRET, UTF_8);
        check();
        assertThat(out.toString(UTF_8))
                .startsWith("Configuration: " + folder
                        + "; its ports and its store are another machine's, and not tried.\n");
        out.reset();
        here(0, 0);
        assertThat(out.toString(UTF_8))
                .startsWith("Configuration: " + folder + "; its ports and its store are tried.\n");
    }

    private int here(int port, int management) {
        Map<String, String> set = Map.of(
                "fusewire.config-folder", folder.toString(),
                "camel.server.port", String.valueOf(port),
                "camel.management.port", String.valueOf(management));
        set.forEach(System::setProperty);
        try {
            return run("check");
        } finally {
            set.keySet().forEach(System::clearProperty);
        }
    }

    private int check() {
        return run("check", "--config", folder.toString());
    }

    private int run(String... words) {
        return Commands.all(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
                .execute(words);
    }

    private String told() {
        return out.toString(UTF_8).replaceFirst("^Configuration: .*\n", "");
    }

    private static String packed(String file) throws IOException {
        return Files.readString(MAIN.resolve(file));
    }

    private Path write(String name, String text, Charset written) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, text.getBytes(written));
    }
}
