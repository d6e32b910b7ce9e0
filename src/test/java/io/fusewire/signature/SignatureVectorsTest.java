package io.fusewire.signature;

import static io.fusewire.signature.SignatureVerifier.Verdict.MISMATCH;
import static io.fusewire.signature.SignatureVerifier.Verdict.VALID;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Headers that Langfuse's own signing function was seen to make. */
class SignatureVectorsTest {
    record Vector(String secret, String body, long timestamp, String header) {
        byte[] bytes() {
            return body.getBytes(UTF_8);
        }

        SignatureVerifier verifier() {
            return SignedBody.verifierAt(Instant.ofEpochSecond(timestamp), secret);
        }

        @Override
        public String toString() {
            return bytes().length + " bytes at " + timestamp;
        }
    }

    static List<Vector> vectors() throws IOException {
        try (InputStream file = SignatureVectorsTest.class.getResourceAsStream("/vectors/langfuse-signatures.json")) {
            return new ObjectMapper().readValue(file, new TypeReference<List<Vector>>() {});
        }
    }

    @Test
    void there_are_vectors() throws IOException {
        assertThat(vectors()).hasSize(5);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void we_sign_as_langfuse_does(Vector vector) {
        assertThat(Signature.langfuse(vector.bytes(), vector.secret(), Instant.ofEpochSecond(vector.timestamp())))
                .isEqualTo(vector.header());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void what_langfuse_signed_is_valid(Vector vector) {
        assertThat(vector.verifier().verify(vector.bytes(), vector.header())).isEqualTo(VALID);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void no_byte_of_the_body_may_change(Vector vector) {
        SignatureVerifier verifier = vector.verifier();
        byte[] body = vector.bytes();
        for (int i = 0; i < body.length; i++) {
            body[i] ^= 1;
            assertThat(verifier.verify(body, vector.header())).isEqualTo(MISMATCH);
            body[i] ^= 1;
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void no_digit_of_the_header_may_change(Vector vector) {
        SignatureVerifier verifier = vector.verifier();
        String header = vector.header();
        for (int i = 0; i < header.length(); i++) {
            int digit = Character.digit(header.charAt(i), 16);
            boolean isVersion = header.charAt(i) == '1' && header.charAt(i - 1) == 'v';
            if (digit >= 0 && !isVersion) {
                StringBuilder flipped = new StringBuilder(header);
                flipped.setCharAt(i, Character.forDigit(digit ^ 1, 16));
                assertThat(verifier.verify(vector.bytes(), flipped.toString())).isEqualTo(MISMATCH);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void the_prefix_is_part_of_the_key(Vector vector) {
        String bare = vector.secret().substring("lf-whsec_".length());
        assertThat(SignedBody.verifierAt(Instant.ofEpochSecond(vector.timestamp()), bare)
                        .verify(vector.bytes(), vector.header()))
                .isEqualTo(MISMATCH);
    }
}
