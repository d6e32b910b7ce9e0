package io.fusewire.signature;

import static io.fusewire.signature.SignatureVerifier.Verdict.MISMATCH;
import static io.fusewire.signature.SignatureVerifier.Verdict.PLAIN_NOT_ACCEPTED;
import static io.fusewire.signature.SignatureVerifier.Verdict.VALID;
import static io.fusewire.signature.SignedBody.NOW;
import static io.fusewire.signature.SignedBody.SECRET;
import static io.fusewire.signature.SignedBody.TOLERANCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureVerifierTest {
    private final SignedBody signed = SignedBody.sample();
    private final byte[] body = signed.body();

    @Test
    void every_active_secret_counts_and_no_other() {
        SignatureVerifier both = SignedBody.verifier("old", "new");
        for (String secret : List.of("old", "new")) {
            assertThat(both.verify(body, SignedBody.by(secret, signed.t()).header()))
                    .isEqualTo(VALID);
            assertThat(both.verify(body, Signature.plain(body, secret))).isEqualTo(VALID);
        }
        assertThat(both.verify(body, signed.header())).isEqualTo(MISMATCH);
        assertThat(both.verify(body, Signature.plain(body, SECRET))).isEqualTo(MISMATCH);
    }

    @Test
    void one_scheme_never_passes_for_the_other() {
        SignatureVerifier verifier = SignedBody.verifier();
        assertThat(verifier.verify(body, "t=" + signed.t() + ",v1=" + Signature.plain(body, SECRET)))
                .isEqualTo(MISMATCH);
        assertThat(verifier.verify(body, signed.v1())).isEqualTo(MISMATCH);
    }

    @Test
    void plain_signatures_can_be_switched_off() {
        SignatureVerifier verifier = new SignatureVerifier(List.of(SECRET), TOLERANCE, false, InstantSource.fixed(NOW));
        assertThat(verifier.verify(body, Signature.plain(body, SECRET))).isEqualTo(PLAIN_NOT_ACCEPTED);
        assertThat(verifier.verify(body, "0".repeat(64))).isEqualTo(PLAIN_NOT_ACCEPTED);
        assertThat(verifier.verify(body, signed.header())).isEqualTo(VALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"schlüssel 日本語 🔑", " spaces count ", "s"})
    void any_secret_signs_any_bytes(String secret) {
        SignatureVerifier verifier = SignedBody.verifier(secret);
        for (byte[] bytes : List.of(new byte[0], new byte[] {(byte) 0xff, 0, 10}, "🙂".getBytes(UTF_8))) {
            assertThat(verifier.verify(bytes, Signature.langfuse(bytes, secret, NOW)))
                    .isEqualTo(VALID);
            assertThat(verifier.verify(bytes, Signature.plain(bytes, secret))).isEqualTo(VALID);
            assertThat(SignedBody.verifier(secret + "x").verify(bytes, Signature.plain(bytes, secret)))
                    .isEqualTo(MISMATCH);
        }
    }

    @Test
    void many_threads_share_one_verifier() {
        SignatureVerifier verifier = SignedBody.verifier("another", SECRET);
        assertThat(IntStream.range(0, 20_000).parallel().filter(i -> {
                    byte[] own = ("event " + i).getBytes(UTF_8);
                    String header = Signature.langfuse(own, SECRET, NOW);
                    return verifier.verify(own, header) == VALID && verifier.verify(body, header) == MISMATCH;
                }))
                .hasSize(20_000);
    }

    @Test
    void a_set_up_that_proves_nothing_is_refused_without_telling_a_secret() {
        for (List<String> secrets : Arrays.asList(
                null, List.<String>of(), List.of(SECRET, " "), Collections.singletonList((String) null))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SignatureVerifier(secrets, TOLERANCE, true, InstantSource.system()))
                    .withMessageContaining("secret")
                    .withMessageNotContaining(SECRET);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new SignatureVerifier(List.of(SECRET), Duration.ofNanos(-1), true, InstantSource.system()))
                .withMessageContaining("tolerance")
                .withMessageNotContaining(SECRET);
    }

    @Test
    void its_text_shows_no_secret() {
        assertThat(SignedBody.verifier()).asString().contains("secrets: 1").doesNotContain(SECRET, "5f0c");
    }
}
