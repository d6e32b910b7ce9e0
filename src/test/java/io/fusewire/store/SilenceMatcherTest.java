package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fusewire.error.InvalidRequestException;
import io.fusewire.testing.CpuTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A matcher matches as Alertmanager's does, whatever stands in it and in a label costs little. */
class SilenceMatcherTest {
    private static final Map<String, Object> LABELS = Map.of(
            "type",
            "trace.updated",
            "project",
            "p1",
            "error",
            "429 Too Many Requests",
            "value",
            0.5,
            "inputTokens",
            8L,
            "promptLabels",
            List.of("latest", "production"),
            "category",
            "none");

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "project = p1 true",
                "project = p false",
                "project != p1 false",
                "project != p2 true",
                "project =~ p false",
                "project =~ p. true",
                "project =~ p1|p2 true",
                "project =~ x|p false",
                "project !~ p. false",
                "project !~ p true",
                "project =~ (?i)P1 true",
                "error =~ .*Many.* true",
                "error =~ Many false",
                "error !~ .*timeout.* true",
                "rule = low-score true",
                "rule =~ .*-score true",
                "rule != low-score false",
                "value = 0.5 true",
                "inputTokens = 8 true",
                "outputTokens = none true",
                "outputTokens != none false",
                "category = none true",
                "promptLabels = production true",
                "promptLabels =~ prod.* true",
                "promptLabels != production false",
                "promptLabels != staging true",
                "promptLabels !~ lat.* false",
                "no-such-label = none true"
            })
    void a_matcher_holds_the_whole_text_against_its_value(String label, String op, String value, boolean matches) {
        assertThat(SilenceMatcher.of(label, op, value).matches(LABELS, "low-score"))
                .isEqualTo(matches);
    }

    @Test
    void a_list_without_elements_is_unknown() {
        Map<String, Object> labels = Map.of("promptLabels", List.of());
        assertThat(SilenceMatcher.of("promptLabels", "=", "none").matches(labels, "r"))
                .isTrue();
        assertThat(SilenceMatcher.of("promptLabels", "!=", "production").matches(labels, "r"))
                .isTrue();
    }

    @Test
    void a_silence_holds_what_all_of_its_matchers_match_and_without_matchers_nothing() {
        SilenceMatcher project = SilenceMatcher.of("project", "=", "p1");
        SilenceMatcher other = SilenceMatcher.of("type", "!=", "trace.updated");
        assertThat(silence(List.of(project)).holds(LABELS, "r")).isTrue();
        assertThat(silence(List.of(project, other)).holds(LABELS, "r")).isFalse();
        assertThat(silence(List.of()).holds(LABELS, "r")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".*",
                ".+",
                "(?s).*",
                "[\\s\\S]+",
                "(a|.)*",
                ".*.*",
                "()|.*",
                ".{0,100}",
                "\\PM*.*",
                "[^\\n]+",
                ".*|trace-error",
                "(?i).*"
            })
    void an_expression_that_matches_any_text_narrows_nothing(String any) {
        assertThat(SilenceMatcher.of("rule", "=~", any).narrows()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"=,x", "=,none", "=~,x.*", "=~,.*timeout.*", "=~,low-score|trace-error", "=~,[a-z-]+", "=~,.{3}"})
    void one_that_says_what_it_holds_narrows(String op, String value) {
        assertThat(SilenceMatcher.of("rule", op, value).narrows()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"!=,x", "!~,x", "!~,.*"})
    void one_that_says_what_it_does_not_hold_narrows_nothing(String op, String value) {
        assertThat(SilenceMatcher.of("rule", op, value).narrows()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(abc      | The regular expression for error is none of RE2's: missing closing ) in (abc.",
                "a)b | The regular expression for error is none of RE2's: a ) without a (.",
                "a\\ | The regular expression for error is none of RE2's: trailing backslash at end of expression.",
                "a**       | The regular expression for error is none of RE2's: invalid nested repetition operator in **.",
                "[z-a]     | The regular expression for error is none of RE2's: invalid character class range in z-a.",
                "a(?=b)    | The regular expression for error is none of RE2's: invalid or unsupported Perl syntax in (?=.",
                "(a)\\1    | The regular expression for error is none of RE2's: invalid escape sequence in \\1.",
                "a{1001}   | The regular expression for error is none of RE2's: invalid repeat count in {1001}.",
                "a{1000}b{1000} | The regular expression for error is too large; let it repeat less.",
                "((a{11}){11}){11} | The regular expression for error is too large; let it repeat less.",
                "(((a{1000}){1000}){1000}){1000} | The regular expression for error is too large; let it repeat less.",
                "(((a{1000,}){1000,}){1000,}){1000,} | The regular expression for error is too large; let it repeat less.",
                "(((a{0,1000}){0,1000}){0,1000}){0,1000} | The regular expression for error is too large; let it repeat less."
            })
    void an_expression_that_is_none_or_too_large_is_refused_before_it_costs_much(String value, String sentence) {
        CpuTime.within(Duration.ofSeconds(2), () -> assertThatThrownBy(() -> SilenceMatcher.of("error", "=~", value))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(sentence));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+",
                "(a|a)*",
                "(a*)*b",
                "(.*)*x",
                "(x+x+)+y",
                "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
                ".{0,450}x",
                "\\d{1,3}(\\.\\d{1,3}){3}"
            })
    void an_expression_that_others_choke_on_takes_linear_time(String value) {
        SilenceMatcher matcher = SilenceMatcher.of("error", "=~", value);
        String text = "a".repeat(1 << 20) + "!";
        CpuTime.within(Duration.ofSeconds(2), () -> matcher.matches(Map.of("error", text), "r"));
    }

    @Test
    void of_a_label_an_expression_sees_the_first_thousand_characters() {
        String text = "x".repeat(SilenceMatcher.LONGEST_TEXT);
        SilenceMatcher matcher = SilenceMatcher.of("name", "=~", "x+");
        assertThat(matcher.matches(Map.of("name", text + "yz"), "r")).isTrue();
        assertThat(matcher.matches(Map.of("name", "y" + text), "r")).isFalse();
    }

    @Test
    void of_a_list_the_first_hundred_elements_are_compared() {
        List<String> prompts = new ArrayList<>(Collections.nCopies(SilenceMatcher.MOST_ELEMENTS - 1, "latest"));
        prompts.add("production");
        SilenceMatcher matcher = SilenceMatcher.of("promptLabels", "=", "production");
        assertThat(matcher.matches(Map.of("promptLabels", prompts), "r")).isTrue();
        prompts.add(0, "latest");
        assertThat(matcher.matches(Map.of("promptLabels", prompts), "r")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\u0000", "\u001b[31m", "a\u2028b", "\ud800", "a\u0085b"})
    void a_value_that_is_no_printable_line_is_refused(String value) {
        assertThatThrownBy(() -> SilenceMatcher.of("name", "=", value))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("The value of a matcher is a text of 1 to 500 characters, without control characters.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000b", "a\u2028b", "a\ud800b", "a\u0085b", "a?b"})
    void a_question_mark_stands_for_what_no_value_holds(String text) {
        assertThat(SilenceMatcher.of("name", "=", "a?b").matches(Map.of("name", text), "r"))
                .isTrue();
        assertThat(SilenceMatcher.of("name", "!=", "a?b").matches(Map.of("name", text), "r"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"axb", "a b", "ab", "a\n\nb", "a\ud83d\ude00b"})
    void a_question_mark_stands_for_nothing_else(String text) {
        assertThat(SilenceMatcher.of("name", "=", "a?b").matches(Map.of("name", text), "r"))
                .isFalse();
    }

    @Test
    void a_value_has_a_longest_length() {
        assertThat(SilenceMatcher.of("name", "=", "x".repeat(500)).value()).hasSize(500);
        assertThatThrownBy(() -> SilenceMatcher.of("name", "=", "x".repeat(501)))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> SilenceMatcher.of("name", "=", null)).isInstanceOf(InvalidRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "==", "~", "=~~", "<"})
    void an_operator_is_one_of_four(String op) {
        assertThatThrownBy(() -> SilenceMatcher.of("name", op, "x"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("A matcher compares by =, !=, =~, !~.");
        assertThatThrownBy(() -> SilenceMatcher.of("name", null, "x")).isInstanceOf(InvalidRequestException.class);
    }

    private static Silence silence(List<SilenceMatcher> matchers) {
        return new Silence(1, matchers, 0, 1, 0, "on-call", "a test", null, null);
    }
}
