package io.fusewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line answers without a gateway: help, versions, and what it does not understand. */
class CommandLineTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void help_lists_the_commands_as_people_need_them(String line) {
        assertThat(run(line)).isZero();
        assertThat(told(out))
                .startsWith("Usage: java -jar fusewire.jar [COMMAND]\n")
                .containsSubsequence("  run ", "  check ", "  send ", "  explain ", "  why ", "  dead-letters ")
                .containsSubsequence(
                        "  silence ",
                        "  reconcile ",
                        "  routes ",
                        "  version ",
                        "  help ",
                        "application.properties",
                        "before -jar")
                .doesNotContain("\u001b");
        assertThat(told(err)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "check",
                "send",
                "explain",
                "why",
                "status",
                "events",
                "dead-letters",
                "dead-letters list",
                "dead-letters show",
                "dead-letters replay",
                "dead-letters discard",
                "silence",
                "silence list",
                "silence add",
                "silence end",
                "reconcile",
                "routes",
                "version",
                "help"
            })
    void each_command_has_help_and_its_version_and_does_nothing_then(String command) {
        for (String line : new String[] {command + " --help", command + " -h", "help " + command}) {
            out.reset();
            assertThat(run(line)).as(line).isZero();
            assertThat(told(out))
                    .as(line)
                    .startsWith("Usage: java -jar fusewire.jar " + command)
                    .containsSubsequence("\nExit codes:\n  0   ", "\n  1   ", "\n  2   it was called wrongly");
        }
        out.reset();
        assertThat(run(command + " --version")).isZero();
        assertThat(told(out)).startsWith("Fusewire ");
        assertThat(told(err)).isEmpty();
    }

    @Test
    void a_command_s_own_commands_are_listed_as_people_need_them() {
        assertThat(run("help dead-letters")).isZero();
        assertThat(told(out)).containsSubsequence("Commands:\n", "  list ", "  show ", "  replay ", "  discard ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "version", "run --version"})
    void the_version_is_one_line_with_java_and_the_system(String line) {
        assertThat(run(line)).isZero();
        assertThat(told(out)).matches("Fusewire .+, Java " + Runtime.version().feature() + "\\S*, \\S.+\n");
        assertThat(told(err)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "chekc | There is no command 'chekc'; did you mean check?",
                "help chekc | There is no command 'chekc'; did you mean check?",
                "x | There is no command 'x'; there are run, check, send, explain, why, status, events, dead-letters, incidents, silence, reconcile,"
                        + " routes, version, help.",
                "verify | verify is called reconcile now.",
                "letters | letters is called dead-letters now.",
                "letters list | letters is called dead-letters now.",
                "run --halp | There is no option '--halp' of run; did you mean --help?",
                "run --port | There is no option '--port' of run; there are -h, --help, -V, --version.",
                "--halp | There is no option '--halp'; did you mean --help?",
                "run now | run takes no 'now'.",
                "run -Da=b | A property goes before -jar: java -Da=b -jar fusewire.jar run",
                "-Da=b | A property goes before -jar: java -Da=b -jar fusewire.jar",
                "check --agianst-store 3 | There is no option '--agianst-store' of check; did you mean --against-store?",
                "check --against-store | check: --against-store needs N.",
                "check --against-store 0 | --against-store takes the number of events, 1 or more.",
                "check --against-store x | check: N is a whole number, not 'x'.",
                "send | send needs FILE.",
                "explain | explain needs FILE.",
                "why | why needs EVENT.",
                "why 1 2 | why takes no '2'.",
                "dead-letters replya 1 | There is no command 'dead-letters replya'; did you mean replay?",
                "dead-letters 1 | There is no command 'dead-letters 1'; there are list, show, replay, discard.",
                "dead-letters list 1 | dead-letters list takes no '1'.",
                "dead-letters show | dead-letters show needs ID.",
                "dead-letters discard x | dead-letters discard: ID is a whole number, not 'x'.",
                "incidents 1 | There is no command 'incidents 1'; there are list, show, acknowledge, silence, close.",
                "incidents close | incidents close needs ID.",
                "incidents silence 1 --for 1h | incidents silence needs --why TEXT.",
                "silence 1 | There is no command 'silence 1'; there are list, add, end.",
                "silence ad | There is no command 'silence ad'; did you mean add?",
                "silence end | silence end needs ID.",
                "silence end x | silence end: ID is a whole number, not 'x'.",
                "silence add | silence add needs --match MATCHER and --why TEXT.",
                "silence add --match rule=x | silence add needs --why TEXT.",
                "silence add --match | silence add needs --match MATCHER.",
                "silence add --for | silence add: --for needs DURATION.",
                "silence add --match rule --why w"
                        + " | --match takes LABEL=TEXT, LABEL!=TEXT, LABEL=~REGEX or LABEL!~REGEX.",
                "silence list --al | There is no option '--al' of silence list; did you mean --all?",
                "reconcile now | reconcile takes no 'now'.",
                "version now | version takes no 'now'."
            })
    void what_is_not_understood_is_named_and_pointed_to_help(String line, String sentence) {
        assertThat(run(line)).isEqualTo(2);
        assertThat(told(err).lines()).hasSize(2).first().isEqualTo(sentence);
        assertThat(told(err).lines()).last().asString().startsWith("For help: java -jar fusewire.jar help");
        assertThat(told(out)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"send", "explain"})
    void a_file_that_cannot_be_read_is_named_before_anything_is_done(String command) {
        Path none = folder.resolve("none.json");
        assertThat(run(command + " examples/events/trace-error.json " + none)).isEqualTo(2);
        assertThat(run(command + " " + folder)).isEqualTo(2);
        assertThat(told(err))
                .isEqualTo("There is no file " + none + ".\n" + folder + " is a folder; name the event files in it.\n");
        assertThat(told(out)).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_file_that_the_system_refuses_to_read_is_named_too() {
        assertThat(run("send /proc/self/mem")).isEqualTo(2);
        assertThat(told(err)).isEqualTo("/proc/self/mem cannot be read; may this user read it?\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reconcile", "why 1"})
    void a_command_whose_settings_name_no_store_fails_in_a_sentence(String line) {
        System.setProperty("fusewire.data-folder", folder.resolve("none").toString());
        try {
            assertThat(run(line)).isEqualTo(1);
        } finally {
            System.clearProperty("fusewire.data-folder");
        }
        assertThat(told(err).lines()).hasSize(1).first().asString().contains("fusewire.data-folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reconcile", "why 1"})
    void a_store_without_tables_fails_in_a_sentence(String line) throws IOException {
        Files.createFile(folder.resolve("fusewire.db"));
        System.setProperty("fusewire.data-folder", folder.toString());
        try {
            assertThat(run(line)).isEqualTo(1);
        } finally {
            System.clearProperty("fusewire.data-folder");
        }
        assertThat(told(err).lines()).hasSize(1).first().asString().contains("no such table");
    }

    private int run(String line) {
        return Commands.all(stream(out), stream(err)).execute(line.split(" "));
    }

    private static PrintStream stream(ByteArrayOutputStream into) {
        return new PrintStream(into, true, StandardCharsets.UTF_8);
    }

    private static String told(ByteArrayOutputStream printed) {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
