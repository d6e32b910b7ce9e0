package io.fusewire.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the value of the {@code x-langfuse-signature} header: HMAC-SHA256, keyed with the UTF-8 bytes of the whole
 * secret (its {@code lf-whsec_} prefix is part of the key, and its hex is not decoded). The scheme is that of
 * Langfuse's {@code packages/shared/src/encryption/signature.ts}. Thread-safe: it keeps no state.
 */
public final class Signature {
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /**
     * Langfuse's own scheme: {@code t=<unix seconds>,v1=<64 lowercase hex>} over {@code <t>.<body>}.
     *
     * @param at when the delivery is signed, cut to whole seconds; a time before 1970 makes a header that is refused
     * @throws IllegalArgumentException if the secret is empty
     */
    public static String langfuse(byte[] body, String secret, Instant at) {
        String t = Long.toString(at.getEpochSecond());
        return "t=" + t + ",v1=" + hex(SignatureVerifier.timed(key(secret), t, body));
    }

    /**
     * The plain scheme of bridges and older guides: 64 lowercase hex characters over the body alone, with no time.
     *
     * @throws IllegalArgumentException if the secret is empty
     */
    public static String plain(byte[] body, String secret) {
        return hex(SignatureVerifier.hmac(key(secret), SignatureVerifier.NOTHING, body));
    }

    /** Not to be used itself: each signature is made by a copy. */
    static Mac key(String secret) {
        return key(secret.getBytes(UTF_8));
    }

    static Mac key(byte[] secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + ALGORITHM + ", which every Java must have.", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
