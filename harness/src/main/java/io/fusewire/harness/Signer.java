package io.fusewire.harness;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as Langfuse does: {@code t=<unix seconds>,v1=<hex>}, HMAC-SHA256 over the time, a dot and the body. */
public final class Signer {
    /** The whole of it is the key. */
    public static final String SECRET = "lf-whsec_secret-of-the-harness-0123456789";

    private Signer() {}

    /** A post of a body that is signed now. */
    public static HttpRequest.Builder request(URI url, byte[] body) {
        return HttpRequest.newBuilder(url)
                .header("content-type", "application/json")
                .header("x-langfuse-signature", signature(body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    /** The header {@code x-langfuse-signature} of a body that is signed now. */
    static String signature(byte[] body) {
        try {
            String time = String.valueOf(Instant.now().getEpochSecond());
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return "t=" + time + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
