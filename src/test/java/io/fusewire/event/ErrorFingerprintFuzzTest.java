package io.fusewire.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fusewire.testing.CpuTime;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a status message says: its fingerprint is short, clean, soon made, its own fingerprint, and that of the same
 * message on one line.
 */
class ErrorFingerprintFuzzTest {
    private static final Duration BOUND = Duration.ofSeconds(1);

    /** UTF-16 gives halves of surrogate pairs too. */
    private static final List<Charset> CHARSETS = List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE);

    private static final Pattern AFTER_URL = Pattern.compile("://[^ ]*['’]");

    @MethodSource("messages")
    @FuzzTest
    void a_message_has_a_fingerprint_of_its_own(byte[] message) {
        for (Charset charset : CHARSETS) {
            String text = new String(message, charset);
            String made = CpuTime.within(BOUND, () -> ErrorFingerprint.of(text));
            ErrorFingerprintTest.isClean(made);
            if (!made.contains("://")) {
                assertThat(made).doesNotContainPattern("\\d");
            }
            String folded = ErrorFingerprintTest.WHITE_SPACE.matcher(text).replaceAll(" ");
            assertThat(ErrorFingerprint.of(folded)).isEqualTo(made);
            // A cut may end within a word, which then is another; an apostrophe may follow a path that a URL lost.
            if (made.length() < ErrorFingerprint.LONGEST - 1
                    && !AFTER_URL.matcher(made).find()) {
                assertThat(ErrorFingerprint.of(made)).isEqualTo(made);
            }
        }
    }

    static Stream<byte[]> messages() throws IOException {
        return ErrorFingerprintTest.messages().map(text -> text.getBytes(StandardCharsets.UTF_8));
    }
}
