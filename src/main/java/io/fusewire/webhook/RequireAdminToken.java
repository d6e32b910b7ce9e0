package io.fusewire.webhook;

import io.fusewire.error.InvalidRequestException;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/**
 * Lets a request pass that carries {@code Authorization: Bearer <fusewire.admin.token>}, as a header and once; compares in
 * constant time. HTTP servers of ours ask before they read a body, and so does each route, which a host's server may
 * serve; a route refuses a parameter that is there more than once, too.
 */
public final class RequireAdminToken implements Processor {
    private static final String HEADER = "Authorization";

    /** A name that an answer may repeat. */
    private static final Pattern WORD = Pattern.compile("[a-z]{1,20}");

    /** The request may not pass; the message is for the client. */
    public static final class NotAllowed extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;

        NotAllowed(int status, String message) {
            super(message);
            this.status = status;
        }

        /** 401 without the right token; 404 while admin is off; 415 for a form, whose token may be a field of it. */
        public int getStatus() {
            return status;
        }
    }

    private final Optional<byte[]> expected;

    public RequireAdminToken(Optional<String> token) {
        this.expected = token.map(value -> ("Bearer " + value).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Whether a request is for another path, or has the token; else it is answered.
     *
     * @param refused hears in a word that it was
     */
    public boolean passes(RoutingContext context, Consumer<String> refused) {
        try {
            if (context.normalizedPath().startsWith("/admin")) {
                require(context.request().headers().getAll(HEADER));
            }
            return true;
        } catch (NotAllowed e) {
            refused.accept("not_allowed");
            context.response()
                    .setStatusCode(e.getStatus())
                    .putHeader("Content-Type", "application/json")
                    .end("{\"error\":\"" + e.getMessage() + "\"}");
            return false;
        }
    }

    @Override
    public void process(Exchange exchange) throws NotAllowed {
        Message message = exchange.getMessage();
        allow(message);
        once(message);
    }

    private void allow(Message message) throws NotAllowed {
        if (message instanceof HttpMessage http) {
            require(http.getRequest().headers().getAll(HEADER));
        } else if (isForm(message)) {
            // Camel makes headers of its fields.
            throw new NotAllowed(415, "Send JSON, with Content-Type: application/json.");
        } else {
            require(
                    message.getHeader(HEADER) instanceof String one && !isParameter(message)
                            ? List.of(one)
                            : List.of());
        }
    }

    private void require(List<String> given) throws NotAllowed {
        if (expected.isEmpty()) {
            throw new NotAllowed(404, "Admin is off: set fusewire.admin.token.");
        }
        byte[] one = given.size() == 1 ? given.get(0).getBytes(StandardCharsets.UTF_8) : new byte[0];
        if (!MessageDigest.isEqual(expected.get(), one)) {
            throw new NotAllowed(401, "The token is missing or wrong.");
        }
    }

    /** Of two values one would be guessed at; a header of the name is another. */
    private static void once(Message message) {
        String query = message.getHeader(Exchange.HTTP_QUERY, "", String.class);
        new QueryStringDecoder(query, false).parameters().forEach((name, values) -> {
            if (values.size() > 1 || message.getHeader(name) instanceof Collection) {
                throw new InvalidRequestException(
                        (WORD.matcher(name).matches() ? "The parameter " + name : "A parameter")
                                + " is there more than once.");
            }
        });
    }

    /** Whether it may have come by the query, of which Camel makes headers: a link has one. */
    private static boolean isParameter(Message message) {
        String query = message.getHeader(Exchange.HTTP_QUERY, "", String.class);
        return query.contains("%") || query.toLowerCase(Locale.ROOT).contains("authorization");
    }

    /** Another site's page may send one. */
    private static boolean isForm(Message message) {
        return message.getHeader(Exchange.CONTENT_TYPE, "", String.class)
                .toLowerCase(Locale.ROOT)
                .contains("form");
    }
}
