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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code silence}, of a gateway that runs. */
class SilenceCommandTest {
    private static final String TIME = "\\d{4}-\\S+Z";

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(new FakeSinks());

    @Test
    void silences_are_made_listed_and_ended() {
        assertThat(run(0)).isEqualTo("There are no silences.\n");
        String made = run(
                0,
                "add",
                "--match",
                "rule=trace-error",
                "--match",
                "name=~.*time=out.*",
                "--for",
                "2h",
                "--by",
                "on-call",
                "--why",
                "a deploy: 1, 2");
        assertThat(made)
                .matches("1  active, from " + TIME + " until " + TIME
                        + ", rule=trace-error, name=~\\.\\*time=out\\.\\*, made by on-call: a deploy: 1, 2\n");
        assertThat(run(0, "list")).isEqualTo(made).isEqualTo(run(0));
        assertThat(run(0, "end", "1", "--by", "on call & co")).isEqualTo("Silence 1 has ended.\n");
        assertThat(run(0, "end", "1")).as("a second time").isEqualTo("Silence 1 has ended.\n");
        assertThat(run(0, "list")).isEqualTo("There are no silences.\n");
        assertThat(run(0, "list", "--all"))
                .matches("1  expired, ended " + TIME + " by on call & co, rule=trace-error, .*\n");
        assertThat(run(1, "end", "2")).isEqualTo("There is no such silence.\n");
    }

    @Test
    void who_makes_one_is_this_machine_s_user_where_nobody_is_named() {
        assertThat(run(0, "add", "--match=source!=a", "--match", "rule=low-score", "--until", until(), "--why", "w"))
                .contains("source!=a, rule=low-score, made by " + System.getProperty("user.name") + ": w");
        run(0, "end", "1");
        assertThat(run(0, "list", "--all")).contains(" by " + System.getProperty("user.name") + ", source!=a");
    }

    @Test
    void a_rule_that_is_not_there_is_told() {
        assertThat(run(0, "add", "--match", "rule=low-scor", "--for", "1h", "--why", "w")
                        .lines())
                .hasSize(2)
                .last()
                .isEqualTo("No rule in force is meant by rule=low-scor; did you mean low-score?");
    }

    @Test
    void what_a_silence_holds_is_told_by_why() {
        run(0, "add", "--match", "rule=trace-error", "--for", "1h", "--why", "w");
        gateway.post(RunningGateway.fresh("trace-error"));
        await().until(() -> gateway.store().rows("SELECT reason FROM delivery").contains("silence 1"));
        System.setProperty(
                "fusewire.data-folder", gateway.folder().resolve("data").toString());
        System.setProperty("sinks.slack.webhook-url", "http://localhost/");
        try {
            assertThat(run(0, new WhyCommand(), "1"))
                    .startsWith("Event 1: ")
                    .contains("slack was not told: it is held by silence 1")
                    .containsPattern("  slack: suppressed .*; silence 1\n")
                    .contains("\n  slack is held: silence 1\n  slack would get\n");
        } finally {
            System.clearProperty("fusewire.data-folder");
            System.clearProperty("sinks.slack.webhook-url");
        }
    }

    @Test
    void why_takes_a_trace_which_may_have_several_events() {
        String trace = "7b2e0c0f9f7a4a0c8b1d2e3f4a5b6c7d";
        for (int i = 0; i < 22; i++) {
            gateway.post(RunningGateway.fresh("trace-error"));
        }
        await().until(() -> gateway.store()
                .rows("SELECT 1 FROM event WHERE id > (SELECT judged FROM event_log)")
                .isEmpty());
        System.setProperty(
                "fusewire.data-folder", gateway.folder().resolve("data").toString());
        try {
            assertThat(run(0, new WhyCommand(), trace).lines())
                    .filteredOn(line -> line.startsWith("event "))
                    .hasSize(20)
                    .first()
                    .asString()
                    .startsWith("event 22, ");
            assertThat(run(0, new WhyCommand(), trace)).endsWith("There are older ones, which events --trace lists.\n");
            assertThat(run(0, new WhyCommand(), "2"))
                    .startsWith("Event 2: ")
                    .contains("\nevent 2, ", "by the rules in force now");
            assertThat(run(1, new WhyCommand(), "of-none"))
                    .startsWith("The store holds no event 'of-none', nor one of such a trace: ");
        } finally {
            System.clearProperty("fusewire.data-folder");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--match rule=~( --for 1h --why w | The regular expression for rule is none of RE2's: missing closing ) in (.",
                "--match rule=~.* --for 1h --why w | A silence of these matchers would hold everything, or all but a little;"
                        + " add one with = or =~ that says what it holds.",
                "--match rulee=x --for 1h --why w | There is no label 'rulee'; did you mean rule?",
                "--match rule=x --why w | A silence has either until or for.",
                "--match rule=x --for 1h --until 2030-01-01T00:00:00Z --why w | A silence has either until or for.",
                "--match rule=x --for soon --why w | for is a duration such as 30m, 2h or 7d.",
                "--match rule=x --from soon --for 1h --why w | from is a time such as 2026-11-30T08:00:00Z."
            })
    void what_the_gateway_refuses_is_told_and_the_exit_code_is_1(String words, String sentence) {
        assertThat(run(
                        1,
                        Stream.concat(Stream.of("add"), Stream.of(words.split(" ")))
                                .toArray(String[]::new)))
                .isEqualTo(sentence + "\n");
    }

    private String until() {
        return gateway.clock().instant().plusSeconds(3_600).toString();
    }

    private String run(int exit, String... words) {
        return run(exit, new SilenceCommand(() -> new Settings(gateway.camel())), words);
    }

    private static String run(int exit, GatewayCommand command, String... words) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        String[] line = Stream.concat(Stream.of("one"), Stream.of(words)).toArray(String[]::new);
        Commands commands = new Commands(out, out);
        commands = command instanceof SilenceCommand
                ? commands.with("one", () -> command, "list", "add", "end")
                : commands.with("one", () -> command);
        assertThat(commands.execute(line))
                .as(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo(exit);
        return printed.toString(StandardCharsets.UTF_8);
    }
}
