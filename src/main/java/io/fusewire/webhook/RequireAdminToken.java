package io.fusewire.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Lets a request pass that carries {@code Authorization: Bearer <fusewire.admin.token>}; compares in constant time. */
public final class RequireAdminToken implements Processor {
    /** The request may not pass; the message is for the client. */
    public static final class NotAllowed extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;

        NotAllowed(int status, String message) {
            super(message);
            this.status = status;
        }

        /** 401 without the right token; 404 while admin is off. */
        public int getStatus() {
            return status;
        }
    }

    private final Optional<byte[]> expected;

    public RequireAdminToken(Optional<String> token) {
        this.expected = token.map(value -> ("Bearer " + value).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void process(Exchange exchange) throws NotAllowed {
        if (expected.isEmpty()) {
            throw new NotAllowed(404, "Admin is off: set fusewire.admin.token.");
        }
        Object header = exchange.getMessage().getHeader("Authorization");
        byte[] given = header instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : new byte[0];
        if (!MessageDigest.isEqual(expected.get(), given)) {
            throw new NotAllowed(401, "The token is missing or wrong.");
        }
    }
}
