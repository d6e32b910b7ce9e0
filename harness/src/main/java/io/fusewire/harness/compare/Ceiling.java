package io.fusewire.harness.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The same HTTP server with the signature's check and JSON's parsing, and nothing else: no store, no rules, no workers.
 * No gateway on Vert.x can be faster. Its arguments: the port, the secret.
 */
final class Ceiling {
    private static final Pattern SIGNATURE = Pattern.compile("t=([0-9]{1,12}),v1=([0-9a-f]{64})");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Mac mac;

    private Ceiling(String secret) throws GeneralSecurityException {
        mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    }

    public static void main(String[] arguments) throws GeneralSecurityException {
        Ceiling ceiling = new Ceiling(arguments[1]);
        Vertx.vertx()
                .createHttpServer()
                .requestHandler(request -> request.bodyHandler(body -> ceiling.answer(request, body)))
                .listen(Integer.parseInt(arguments[0]), "127.0.0.1");
    }

    /** On the one event loop, so the Mac is never shared. */
    private void answer(HttpServerRequest request, Buffer body) {
        int status = status(request.getHeader("x-langfuse-signature"), body.getBytes());
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(status == 200 ? "{\"received\":true}" : "{\"error\":\"no\"}");
    }

    private int status(String signature, byte[] body) {
        Matcher parts = SIGNATURE.matcher(String.valueOf(signature));
        if (!parts.matches()) {
            return 401;
        }
        mac.update((parts.group(1) + ".").getBytes(StandardCharsets.US_ASCII));
        if (!MessageDigest.isEqual(mac.doFinal(body), HexFormat.of().parseHex(parts.group(2)))) {
            return 401;
        }
        try {
            JsonNode event = JSON.readTree(body);
            return event.path("event").isTextual() ? 200 : 400;
        } catch (IOException e) {
            return 400;
        }
    }
}
