package io.fusewire.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureTest {
    /** The first is from GitHub's guide to validating webhooks, the second is case 2 of RFC 4231. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "It's a Secret to Everybody,\"Hello, World!\","
                        + "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                "Jefe,what do ya want for nothing?,"
                        + "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            })
    void a_plain_signature_equals_the_published_one(String secret, String body, String published) {
        assertThat(Signature.plain(body.getBytes(UTF_8), secret)).isEqualTo(published);
        assertThat(SignedBody.verifier(secret).verify(body.getBytes(UTF_8), published))
                .isEqualTo(SignatureVerifier.Verdict.VALID);
    }

    /** Made with Python's hmac over {@code {}}. */
    @ParameterizedTest
    @CsvSource({
        "schlüssel 日本語 🔑, aece8857fdf9d5512e174bcbf4877d495338ff0db5acf588f97deef17f90a9dd",
        "' spaces count ', 7e246f8647b4554acc46c9de39e38872488637c19f130db0a5e60a3a1cc4b190"
    })
    void the_key_is_the_whole_secret_in_utf_8(String secret, String expected) {
        assertThat(Signature.plain("{}".getBytes(UTF_8), secret)).isEqualTo(expected);
    }

    @Test
    void a_langfuse_signature_has_the_shape_that_langfuse_sends() {
        assertThat(Signature.langfuse(new byte[0], "s", Instant.ofEpochMilli(1_999)))
                .matches("t=1,v1=[0-9a-f]{64}");
    }

    @Test
    void an_empty_secret_signs_nothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> Signature.plain(new byte[1], ""));
    }
}
