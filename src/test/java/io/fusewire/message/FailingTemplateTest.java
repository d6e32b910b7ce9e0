package io.fusewire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.error.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A template that fails says so by its name and without a word of the event. */
class FailingTemplateTest {
    private static final String SECRET = "s3cr3t (of) \"the\" 'event'";

    @TempDir
    private Path folder;

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve("templates").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private ObjectNode render(String sink, Alert alert) {
        return new Templates(folder, Alerts.BASE, Map.of(), Alerts.CLOCK).render(sink, "", Alerts.format(sink), alert);
    }

    private String failure(String template) throws IOException {
        write("x/any.jq", template);
        TemplateException failed = null;
        try {
            render("x", Alerts.traceError(SECRET));
        } catch (TemplateException e) {
            failed = e;
        }
        assertThat(failed).as("failure of " + template).isNotNull().hasNoCause();
        assertThat(failed).hasMessageStartingWith("The template x/any.jq ");
        assertThat(failed.getMessage()).doesNotContain("s3cr3t").doesNotContain("event'");
        return failed.getMessage();
    }

    @Test
    void a_faulty_plain_one_is_found_before_it_is_needed() throws IOException {
        write("any.jq", "{mine: }");
        write("notes.jq", "no template: nothing asks for it");
        assertThat(Templates.faults(folder)).singleElement().asString().startsWith("The template any.jq isn't jq");
    }

    @Test
    void a_faulty_prelude_is_found_by_the_templates_that_it_stands_before() throws IOException {
        write("slack/prelude.jq", "def mine: ;");
        assertThat(Templates.faults(folder))
                .singleElement()
                .asString()
                .startsWith("The template slack/any.jq isn't jq");
        write("prelude.jq", "def ours: ;");
        assertThat(Templates.faults(folder))
                .hasSize(2)
                .element(0)
                .asString()
                .startsWith("The template any.jq isn't jq");
    }

    @Test
    void a_named_template_that_is_absent_is_named() {
        assertThatThrownBy(() -> Alerts.TEMPLATES.render("chat", "short", MessageFormat.TEXT, Alerts.traceError("m")))
                .isInstanceOf(TemplateException.class)
                .hasMessage("The template chat/short.jq doesn't exist.");
    }

    @Test
    void a_template_that_throws_names_itself_and_the_reason() throws IOException {
        assertThat(failure("error(\"no project\")")).endsWith("failed: no project");
        assertThat(failure(".rule | .[]")).contains("Cannot iterate over string");
        assertThat(failure(".event.data + 1")).endsWith(" cannot be added");
        assertThat(failure("def f: 1 + f; f")).endsWith("calls itself without end.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "error(.event.data.statusMessage)",
                "error(.event.data)",
                ".event.data.statusMessage | tonumber",
                ".event.data.statusMessage | fromjson",
                ".event.data.statusMessage | .[]",
                ".event.data.statusMessage - {}",
                ".event.data.statusMessage | test(\"(\")",
                "path(.event.data.statusMessage | tostring | .x)",
                ".event.data.statusMessage | fromdateiso8601",
                "{(.event.data): 1}",
                ".event.data.statusMessage[.rule]"
            })
    void what_fails_never_quotes_the_event(String template) throws IOException {
        failure(template);
    }

    /** Each would hold a worker, or take the memory of all, for ever. */
    @ParameterizedTest
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ValueSource(
            strings = {
                "{a: [range(1e9)]}",
                "{a: [range(0; 1e9; 1)] | length}",
                "{a: last(range(1e12))}",
                "{a: [range(1e12) | empty]}",
                "{a: [range(1e12) | select(false)]}",
                "{a: [range(1e12).b?]}",
                "{a: [range(1e12) as $i | empty]}",
                "{a: (reduce range(1e12) as $i (0; $i))}",
                "{a: (try [range(1e9)] catch 1)}",
                "{a: ([range(1e9)]? // 1)}",
                "{a: [limit(1e9; recurse(1))]}",
                "{a: (\"x\" * 1e9)}",
                "{a: (1e9 * \"xy\")}",
                "{a: (\"x\" | . *= 1e9)}",
                "{a: [range(1e6) | \"x\" * 60000]}",
                "{a: (reduce range(40) as $i (\"a\"; . + .))}",
                "{a: (reduce range(40) as $i (\"a\"; \"\\(.)\\(.)\"))}",
                "{a: (reduce range(40) as $i ([1]; . + .))}",
                "{a: (reduce range(40) as $i (1; [., .]))}",
                "{a: (reduce range(5000) as $i (1; [.]))}",
                "{a: [combinations(9)?, ([range(99)] | combinations(9))]}",
                "def f(n): if n == 0 then 1 else f(n - 1), f(n - 1) end; {a: [f(40)]}",
                "def f: f; f",
                "def f: [f]; {a: f}",
                "{a: ([range(300)] as $a | [$a[] as $b | $a[] as $c | $a[] as $d | $a[] as $e | $b])}",
                "{a: ([range(300)] | .[] as $b | .[] as $c | .[] as $d | .[] as $e | empty)}",
                "{a: ([(0,1)|(0,1)|(0,1)|(0,1)|(0,1)|(0,1)|(0,1)|(0,1)|(0,1)|(0,1)|(0,1)|(0,1)|(0,1)|(0,1)|(0,1)|(0,1)"
                        + "|(0,1)|(0,1)|(0,1)|(0,1)|(0,1)|(0,1)|(0,1)|(0,1)|(0,1)|(0,1)|(0,1)|(0,1)|(0,1)|(0,1)|(0,1)])}",
                "{a: (\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\" | test(\"^(a+)+$\"))}",
                "{a: (\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\" | sub(\"^(a+)+$\"; \"b\"))}",
                "{a: (\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\" | [scan(\"^(a|aa)+$\")])}",
            })
    void what_would_not_end_or_fill_the_memory_ends(String template) throws IOException {
        long before = System.nanoTime();
        assertThat(failure(template))
                .matches(
                        ".*(takes too much (memory|time)|calls itself without end|is too large|searches a text for too long)[.]");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void a_template_may_do_a_lot_with_a_large_event() throws IOException {
        write(
                "x/any.jq",
                "{all: [.. | strings | ascii_downcase], many: [range(20000) | tostring] | length, same: (.event.data.statusMessage"
                        + " | gsub(\"q\"; \"n\") | length), text: (.event | tojson | length)}");
        ObjectNode message = render("x", Alerts.traceError("m".repeat(100_000)));
        assertThat(message.path("many").asInt()).isEqualTo(20_000);
        assertThat(message.path("same").asInt()).isEqualTo(100_000);
    }

    @Test
    void exactly_one_object_must_come_out() throws IOException {
        assertThat(failure("{}, {}")).endsWith("gives more than one output.");
        assertThat(failure("empty")).endsWith("must give one JSON object.");
        assertThat(failure("[1]")).endsWith("must give one JSON object.");
        assertThat(failure("range(0; infinite)")).endsWith("gives more than one output.");
    }

    @Test
    void a_template_that_is_not_jq_says_where() throws IOException {
        assertThat(failure("{text: }")).contains("isn't jq").contains("line");
    }

    @Test
    void a_text_that_is_no_jq_is_told_with_its_file_and_line() throws IOException {
        assertThat(failure("# a comment\n{text: }")).contains("any.jq, line 2, column 8: } is out of place.");
        assertThat(failure("{\n  text: \"a\n}"))
                .contains("any.jq, line 2, column ")
                .contains("'\\n' is out of place.");
        assertThat(failure("{text: 1")).contains("any.jq, line 1, column 8: the template ends too soon.");
    }

    @Test
    void a_template_cannot_read_the_environment_or_files() throws IOException {
        assertThat(failure("{a: env}")).contains("env");
        assertThat(failure("{a: $ENV}")).contains("ENV");
        failure("import \"a\" as a; {}");
    }
}
