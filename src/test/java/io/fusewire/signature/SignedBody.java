package io.fusewire.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A body and its right signature; what a test does wrong, it does to one of the parts. */
record SignedBody(byte[] body, String t, String v1) {
    static final String SECRET = "lf-whsec_5f0c";
    static final Duration TOLERANCE = Duration.ofMinutes(5);
    static final Instant NOW = Instant.ofEpochSecond(1_787_386_907);

    static SignedBody sample() {
        return at(Long.toString(NOW.getEpochSecond()));
    }

    /** Rightly signed over whatever is given as the time, so that only the time can be what is refused. */
    static SignedBody at(String t) {
        return by(SECRET, t);
    }

    static SignedBody by(String secret, String t) {
        String body = "{\"event\":\"trace.created\"}";
        return new SignedBody(body.getBytes(UTF_8), t, Signature.plain((t + "." + body).getBytes(UTF_8), secret));
    }

    String header() {
        return "t=" + t + ",v1=" + v1;
    }

    /** {@code <t>} and {@code <v1>} in the pattern stand for the right time and the right signature. */
    String header(String pattern) {
        return pattern.replace("<t>", t).replace("<v1>", v1);
    }

    static SignatureVerifier verifier(String... secrets) {
        return verifierAt(NOW, secrets);
    }

    static SignatureVerifier verifierAt(Instant now, String... secrets) {
        List<String> active = secrets.length == 0 ? List.of(SECRET) : List.of(secrets);
        return new SignatureVerifier(active, TOLERANCE, true, InstantSource.fixed(now));
    }
}
