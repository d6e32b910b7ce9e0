package io.fusewire.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.message.MessageFormat.Truncate;
import org.junit.jupiter.api.Test;

class TruncateTest {
    @Test
    void what_fits_stays_and_what_is_cut_ends_with_an_ellipsis() {
        assertThat(Truncate.plain("abcde", 5)).isEqualTo("abcde");
        assertThat(Truncate.plain("abcdef", 5)).isEqualTo("abcd…");
        assertThat(Truncate.mrkdwn("abcdef", 1)).isEqualTo("…");
    }

    @Test
    void a_surrogate_pair_stays_whole_or_goes() {
        assertThat(Truncate.plain("abc😀def", 5)).isEqualTo("abc…");
        assertThat(Truncate.plain("abc😀def", 6)).isEqualTo("abc😀…");
        assertThat(Truncate.mrkdwn("abc😀def", 5)).isEqualTo("abc…");
    }

    @Test
    void an_escape_stays_whole_or_goes() {
        String text = "ab&amp;cd";
        for (int longest = 3; longest <= 7; longest++) {
            assertThat(Truncate.mrkdwn(text, longest)).isEqualTo("ab…");
        }
        assertThat(Truncate.mrkdwn(text, 8)).isEqualTo("ab&amp;…");
        assertThat(Truncate.mrkdwn("&lt;&lt;&lt;", 9)).isEqualTo("&lt;&lt;…");
    }

    @Test
    void a_link_stays_whole_or_goes() {
        String text = "see <https://a.example|the page> now";
        assertThat(Truncate.mrkdwn(text, 20)).isEqualTo("see …");
        assertThat(Truncate.mrkdwn(text, text.length() - 1)).isEqualTo("see <https://a.example|the page> n…");
        assertThat(Truncate.mrkdwn("<https://a.example|x &amp; y> z", 25)).isEqualTo("…");
    }
}
