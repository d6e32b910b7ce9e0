package io.fusewire.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;

/**
 * Judges the {@code x-langfuse-signature} header of a webhook against every active secret (rotation means two at
 * once). The header's shape chooses the scheme, and one never falls back to the other: exactly 64 hex characters are
 * plain, {@code t=…,v1=…} is Langfuse's own, anything else is malformed. Immutable and thread-safe.
 */
public final class SignatureVerifier {
    private static final int LONGEST_HEADER = 4096;
    static final byte[] NOTHING = {};

    /** What came of it. Made to be a metric label; a sender is told no more than valid or not. */
    public enum Verdict {
        /** Signed with an active secret and, in Langfuse's scheme, within the tolerance. */
        VALID,
        /** No header, or a blank one. */
        MISSING,
        /** Of neither scheme's shape. */
        MALFORMED,
        /** Signed with an active secret, but too long ago or too far ahead: a replay, or a clock that is wrong. */
        STALE,
        /** No active secret made it, whatever its time says. */
        MISMATCH,
        /** Of the plain scheme's shape, which is switched off; right or wrong was not looked at. */
        PLAIN_NOT_ACCEPTED
    }

    private final List<Mac> keys;
    private final Duration tolerance;
    private final boolean acceptPlain;
    private final InstantSource clock;

    /**
     * @param secrets the active secrets, each whole and as configured; nothing is trimmed
     * @param tolerance how far the time of signing may lie from now, both ways, the edge included
     * @param acceptPlain whether the plain scheme is accepted; it carries no time, so a delivery can be replayed for
     *     ever, and a captured Langfuse signature is also a plain one of {@code <t>.<body>}: not JSON, so it is refused
     * @throws IllegalArgumentException if there is no secret, a blank one, or a negative tolerance; the sentence never
     *     holds a secret
     */
    public SignatureVerifier(Collection<String> secrets, Duration tolerance, boolean acceptPlain, InstantSource clock) {
        if (secrets == null || secrets.isEmpty()) {
            throw new IllegalArgumentException("There must be at least one webhook secret.");
        }
        if (secrets.stream().anyMatch(secret -> secret == null || secret.isBlank())) {
            throw new IllegalArgumentException("A webhook secret must not be blank.");
        }
        if (tolerance == null || tolerance.isNegative()) {
            throw new IllegalArgumentException("The tolerance must be zero or more, and is " + tolerance + ".");
        }
        this.keys = secrets.stream().map(Signature::key).toList();
        this.tolerance = tolerance;
        this.acceptPlain = acceptPlain;
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * @param body the raw bytes as they came, never a text that was decoded and encoded again
     * @param header the header's value, or null where it is absent; no value makes this throw
     */
    public Verdict verify(byte[] body, String header) {
        if (header == null || header.isBlank()) {
            return Verdict.MISSING;
        }
        if (header.length() > LONGEST_HEADER) {
            return Verdict.MALFORMED;
        }
        if (LangfuseHeader.isSha256Hex(header)) {
            return acceptPlain ? plain(body, HexFormat.of().parseHex(header)) : Verdict.PLAIN_NOT_ACCEPTED;
        }
        Optional<LangfuseHeader> timed = LangfuseHeader.parse(header);
        return timed.isPresent() ? langfuse(body, timed.get()) : Verdict.MALFORMED;
    }

    private Verdict plain(byte[] body, byte[] candidate) {
        boolean matched = false;
        for (Mac key : keys) {
            matched |= MessageDigest.isEqual(hmac(key, NOTHING, body), candidate);
        }
        return matched ? Verdict.VALID : Verdict.MISMATCH;
    }

    private Verdict langfuse(byte[] body, LangfuseHeader header) {
        boolean matched = false;
        for (Mac key : keys) {
            byte[] expected = timed(key, header.t(), body);
            for (byte[] candidate : header.candidates()) {
                // No short circuit: how long it takes must not tell which secret or candidate matched.
                matched |= MessageDigest.isEqual(expected, candidate);
            }
        }
        // Time is asked last: a forger costs the same work at any time, and STALE counts only what was truly signed.
        if (!matched) {
            return Verdict.MISMATCH;
        }
        return isTimely(header.signedAt()) ? Verdict.VALID : Verdict.STALE;
    }

    /** @param t ASCII digits, exactly as they stand in the header: leading zeros are signed too */
    static byte[] timed(Mac key, String t, byte[] body) {
        return hmac(key, (t + ".").getBytes(US_ASCII), body);
    }

    // A copy per call: it costs less than a new one, and needs no thread state.
    static byte[] hmac(Mac key, byte[] prefix, byte[] body) {
        try {
            Mac mac = (Mac) key.clone();
            mac.update(prefix);
            return mac.doFinal(body);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("This Java's HMAC can't be copied; the JDK's own can.", e);
        }
    }

    // Instant plus or minus a huge tolerance would overflow; the distance of two instants cannot.
    private boolean isTimely(Instant signedAt) {
        return Duration.between(signedAt, clock.instant()).abs().compareTo(tolerance) <= 0;
    }

    /** How it is set up, without the secrets. */
    @Override
    public String toString() {
        return "SignatureVerifier[secrets: " + keys.size() + ", tolerance: " + tolerance + ", plain accepted: "
                + acceptPlain + "]";
    }

    /**
     * The parts of a {@code t=…,v1=…} header that are looked at. Parts of other names are left for schemes to come.
     *
     * @param t the time of signing in unix seconds, as sent
     * @param candidates each {@code v1}, decoded: 32 bytes, 1 to 16 of them
     */
    private record LangfuseHeader(String t, List<byte[]> candidates) {
        private static final int MOST_CANDIDATES = 16;
        private static final Pattern SHA256_HEX = Pattern.compile("[0-9a-fA-F]{64}");
        private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

        // Neighbouring pieces share no character, so that a hostile header costs one pass.
        private static final Pattern PART = Pattern.compile(" *([^ =]+)=([^ ]*) *");

        /** Empty where the header is malformed in any way; never throws. */
        static Optional<LangfuseHeader> parse(String header) {
            String t = null;
            List<byte[]> candidates = new ArrayList<>(1);
            for (String piece : header.split(",", -1)) {
                Matcher part = PART.matcher(piece);
                if (!part.matches()) {
                    return Optional.empty();
                }
                String value = part.group(2);
                switch (part.group(1)) {
                    case "t" -> {
                        if (t != null || !SECONDS.matcher(value).matches()) {
                            return Optional.empty();
                        }
                        t = value;
                    }
                    case "v1" -> {
                        if (candidates.size() == MOST_CANDIDATES || !isSha256Hex(value)) {
                            return Optional.empty();
                        }
                        candidates.add(HexFormat.of().parseHex(value));
                    }
                    default -> {}
                }
            }
            return t == null || candidates.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new LangfuseHeader(t, candidates));
        }

        /** Whether the text is exactly 64 ASCII hex characters, of either case. */
        static boolean isSha256Hex(String text) {
            return SHA256_HEX.matcher(text).matches();
        }

        Instant signedAt() {
            return Instant.ofEpochSecond(Long.parseLong(t));
        }
    }
}
