package io.fusewire.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;

/**
 * Signs a message as Standard Webhooks 1.0.0 asks: HMAC-SHA256 over {@code <id>.<unix seconds>.<body>}, keyed with the
 * bytes that the secret holds in base64 behind {@code whsec_}. Thread-safe.
 */
public final class StandardWebhook {
    private static final String PREFIX = "whsec_";
    private static final String NONE = "is no secret of Standard Webhooks: whsec_ and base64";
    private static final Pattern SECRET = Pattern.compile("whsec_[A-Za-z0-9+/]{16,}={0,2}");

    private final List<Mac> keys = new ArrayList<>();

    /**
     * @param secrets comma-separated: two while one replaces the other
     * @throws IllegalArgumentException without the secret, when one isn't {@code whsec_} and base64
     */
    public StandardWebhook(String secrets) {
        for (String secret : secrets.split(",")) {
            keys.add(Signature.key(key(secret.strip())));
        }
    }

    private static byte[] key(String secret) {
        if (SECRET.matcher(secret).matches()) {
            try {
                return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(NONE, e);
            }
        }
        throw new IllegalArgumentException(NONE);
    }

    /** The header {@code webhook-signature}: one signature for each secret. */
    public String signature(String id, Instant at, byte[] body) {
        byte[] before = (id + "." + at.getEpochSecond() + ".").getBytes(US_ASCII);
        List<String> signatures = new ArrayList<>();
        for (Mac key : keys) {
            signatures.add("v1," + Base64.getEncoder().encodeToString(SignatureVerifier.hmac(key, before, body)));
        }
        return String.join(" ", signatures);
    }
}
