package io.fusewire.signature;

import static io.fusewire.signature.SignatureVerifier.Verdict.MALFORMED;
import static io.fusewire.signature.SignatureVerifier.Verdict.MISMATCH;
import static io.fusewire.signature.SignatureVerifier.Verdict.STALE;
import static io.fusewire.signature.SignatureVerifier.Verdict.VALID;
import static io.fusewire.signature.SignedBody.NOW;
import static io.fusewire.signature.SignedBody.SECRET;
import static io.fusewire.signature.SignedBody.TOLERANCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.signature.SignatureVerifier.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The time in the header: how it is written, how far it may lie from now. */
class SignatureTimeTest {
    private final SignedBody signed = SignedBody.sample();
    private final byte[] body = signed.body();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1787386907",
                "+1787386907",
                " 1787386907",
                "1787386907.0",
                "1787386907e0",
                "0x6a895b5b",
                "0001787386907",
                "9223372036854775808",
                "\u0661\u0667\u0668\u0667\u0663\u0668\u0666\u0669\u0660\u0667",
                "\uff11\uff17\uff18\uff17\uff13\uff18\uff16\uff19\uff10\uff17",
                "NaN",
                ""
            })
    void a_time_that_is_not_1_to_12_ascii_digits_is_malformed(String t) {
        SignedBody oddly = SignedBody.at(t);
        assertThat(SignedBody.verifier().verify(oddly.body(), oddly.header())).isEqualTo(MALFORMED);
    }

    @Test
    void the_time_is_signed_as_it_was_sent() {
        SignedBody padded = SignedBody.at("001787386907");
        assertThat(SignedBody.verifier().verify(padded.body(), padded.header())).isEqualTo(VALID);
        assertThat(SignedBody.verifier().verify(padded.body(), "t=1787386907,v1=" + padded.v1()))
                .isEqualTo(MISMATCH);
    }

    @ParameterizedTest
    @CsvSource({
        "0, VALID",
        "299999, VALID",
        "300000, VALID",
        "300001, STALE",
        "-300000, VALID",
        "-300001, STALE",
        "31536000000, STALE",
        "-31536000000, STALE"
    })
    void the_tolerance_reaches_both_ways_with_its_edge(long millisLater, Verdict verdict) {
        SignatureVerifier verifier = SignedBody.verifierAt(NOW.plusMillis(millisLater));
        assertThat(verifier.verify(body, signed.header())).isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "999999999999"})
    void no_time_and_no_clock_overflows(String t) {
        SignedBody far = SignedBody.at(t);
        for (Instant now : List.of(Instant.MIN, NOW, Instant.MAX)) {
            assertThat(verifier(TOLERANCE, now).verify(far.body(), far.header()))
                    .isEqualTo(STALE);
            Duration endless = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
            assertThat(verifier(endless, now).verify(far.body(), far.header())).isEqualTo(VALID);
        }
    }

    @Test
    void a_zero_tolerance_accepts_the_same_instant_only() {
        assertThat(verifier(Duration.ZERO, NOW).verify(body, signed.header())).isEqualTo(VALID);
        assertThat(verifier(Duration.ZERO, NOW.plusNanos(1)).verify(body, signed.header()))
                .isEqualTo(STALE);
    }

    @Test
    void only_what_was_truly_signed_is_called_stale() {
        SignedBody forged = SignedBody.by("guess", "1");
        assertThat(SignedBody.verifier().verify(forged.body(), forged.header())).isEqualTo(MISMATCH);
    }

    private static SignatureVerifier verifier(Duration tolerance, Instant now) {
        return new SignatureVerifier(List.of(SECRET), tolerance, true, InstantSource.fixed(now));
    }
}
