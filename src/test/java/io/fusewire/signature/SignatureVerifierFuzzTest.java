package io.fusewire.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fusewire.signature.SignatureVerifier.Verdict;
import io.fusewire.testing.CpuTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Whatever stands in the header: it is judged at once, and only what was signed over this body is valid. */
class SignatureVerifierFuzzTest {
    private static final Duration BOUND = Duration.ofSeconds(2);
    private static final String SECRET = "lf-whsec_0123456789abcdef";
    private static final Instant NOW = Instant.ofEpochSecond(1_787_400_000);
    private static final SignatureVerifier NOWADAYS = at(NOW);
    private static final SignatureVerifier MUCH_LATER = at(NOW.plus(Duration.ofDays(1)));

    private static SignatureVerifier at(Instant time) {
        return new SignatureVerifier(List.of("lf-whsec_of-before", SECRET), Duration.ofMinutes(5), true, () -> time);
    }

    /** @param input the header's value, a line feed, the body */
    @FuzzTest
    void a_header_is_valid_only_for_the_body_that_was_signed(byte[] input) {
        int end = 0;
        while (end < input.length && input[end] != '\n') {
            end++;
        }
        String header = new String(input, 0, end, StandardCharsets.ISO_8859_1);
        byte[] body = Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length);
        byte[] other = Arrays.copyOf(body, body.length + 1);

        Verdict verdict = CpuTime.within(BOUND, () -> NOWADAYS.verify(body, header));
        assertThat(NOWADAYS.verify(body, header)).isEqualTo(verdict);

        switch (verdict) {
            case VALID -> {
                assertThat(NOWADAYS.verify(other, header)).isEqualTo(Verdict.MISMATCH);
                boolean hasTime = header.contains("=");
                assertThat(MUCH_LATER.verify(body, header)).isEqualTo(hasTime ? Verdict.STALE : Verdict.VALID);
            }
            case STALE -> assertThat(NOWADAYS.verify(other, header)).isEqualTo(Verdict.MISMATCH);
            case MISMATCH -> assertThat(MUCH_LATER.verify(body, header)).isEqualTo(Verdict.MISMATCH);
            default -> assertThat(MUCH_LATER.verify(other, header))
                    .as("what is no signature is none of any body at any time")
                    .isEqualTo(verdict);
        }
        assertThat(NOWADAYS.verify(body, Signature.langfuse(body, SECRET, NOW) + "," + header))
                .as("no further part spoils a good signature, but for one that makes the header none")
                .isIn(Verdict.VALID, Verdict.MALFORMED);
    }
}
