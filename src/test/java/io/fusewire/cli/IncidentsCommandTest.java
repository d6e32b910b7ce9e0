package io.fusewire.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.config.Settings;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The command {@code incidents}, of a gateway that runs. */
class IncidentsCommandTest {
    private static final String TIME = "\\d{4}-\\S+Z";

    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway =
            new GatewayExtension(sinks).with("rules.trace-error.group-by", "source,project,error");

    @Test
    void an_incident_is_listed_shown_acknowledged_silenced_and_closed() {
        assertThat(run(0)).isEqualTo("There are no open incidents.\n");
        gateway.post(RunningGateway.fresh("trace-error"));
        await().until(() -> sinks.slack().size() == 1 && sinks.pagerDuty().size() == 1);
        await().untilAsserted(() -> assertThat(run(0, "show", "1"))
                .matches("(?s)1  open critical, 1 alert since " + TIME + ".*  slack: delivered, told of 1.*"));
        assertThat(run(0)).isEqualTo(run(0, "list")).startsWith("1  open critical, 1 alert since ");
        assertThat(run(0, "acknowledge", "1", "--by", "on call & co")).isEqualTo("Incident 1 is acknowledged.\n");
        assertThat(run(0, "silence", "1", "--for", "2h", "--by", "on-call", "--why", "a deploy"))
                .matches("Incident 1 is held by silence 1 until " + TIME + "\\.\n");
        assertThat(run(0)).endsWith("; held: silence 1\n");
        assertThat(run(0, "close", "1", "--why", "mended")).isEqualTo("Incident 1 is closed.\n");
        assertThat(run(0, "show", "1")).containsPattern("\n  closed by \\S+: mended\n");
        assertThat(run(0)).isEqualTo("There are no open incidents.\n");
        assertThat(run(0, "list", "--all"))
                .startsWith("1  closed critical, 1 alert ")
                .doesNotContain("held");
        for (String what : new String[] {"show", "acknowledge", "close"}) {
            assertThat(run(1, what, "9")).isEqualTo("There is no such incident.\n");
        }
        assertThat(run(1, "silence", "9", "--for", "1h", "--why", "w")).isEqualTo("There is no such incident.\n");
    }

    private String run(int exit, String... words) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Commands commands = new Commands(out, out)
                .with(
                        "one",
                        () -> new IncidentsCommand(() -> new Settings(gateway.camel())),
                        "list",
                        "show",
                        "acknowledge",
                        "silence",
                        "close");
        assertThat(commands.execute(
                        Stream.concat(Stream.of("one"), Stream.of(words)).toArray(String[]::new)))
                .as(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo(exit);
        return printed.toString(StandardCharsets.UTF_8);
    }
}
