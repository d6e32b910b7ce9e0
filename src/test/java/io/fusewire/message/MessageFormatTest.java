package io.fusewire.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageFormatTest {
    @Test
    void slack_markup_is_escaped_and_nothing_else() {
        assertThat(MessageFormat.SLACK.escape("<!channel> & </script> \"*_~`' é 😀"))
                .isEqualTo("&lt;!channel&gt; &amp; &lt;/script&gt; \"*_~`' é 😀");
    }

    @Test
    void what_is_escaped_already_is_escaped_again() {
        assertThat(MessageFormat.SLACK.escape("&lt;!here&gt;")).isEqualTo("&amp;lt;!here&amp;gt;");
    }

    @Test
    void other_sinks_get_markup_as_it_is() {
        assertThat(MessageFormat.PAGERDUTY.escape("<a> & b")).isEqualTo("<a> & b");
        assertThat(MessageFormat.TEXT.escape("<a> & b")).isEqualTo("<a> & b");
    }

    @Test
    void control_characters_become_spaces_but_newlines_and_tabs_stay() {
        assertThat(MessageFormat.TEXT.escape("a\0b\u001bc\rd\u0085e\u007ff\u2028g\u2029h\ni\tj"))
                .isEqualTo("a b c d e f g h\ni\tj");
    }

    @Test
    void bidi_overrides_and_halves_of_pairs_go() {
        assertThat(MessageFormat.TEXT.escape("a\u202eb\u2066c\u2069d\ud83de\ude00f\ud83d"))
                .isEqualTo("abcdef");
    }

    @Test
    void long_texts_are_cut_before_a_slack_template_sees_them() {
        assertThat(MessageFormat.SLACK.escape("x".repeat(12_000))).hasSize(12_000);
        assertThat(MessageFormat.SLACK.escape("x".repeat(12_001))).hasSize(12_000);
        assertThat(MessageFormat.SLACK.escape("x".repeat(11_999) + "😀")).isEqualTo("x".repeat(11_999));
        assertThat(MessageFormat.TEXT.escape("x".repeat(100_000))).hasSize(100_000);
    }

    @Test
    void keys_are_escaped_too_and_other_values_kept() {
        assertThat(MessageFormat.SLACK.escape(
                        Alerts.json("{\"<a>\": [\"<\", 1, 2.50, true, null, {\"k\\u0000\": \"&\"}]}")))
                .isEqualTo(Alerts.json("{\"&lt;a&gt;\": [\"&lt;\", 1, 2.50, true, null, {\"k \": \"&amp;\"}]}"));
    }
}
