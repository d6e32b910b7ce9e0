package io.fusewire.webhook;

import io.fusewire.component.FailureReason;
import io.fusewire.error.BacklogFullException;
import io.fusewire.error.BodyTooLargeException;
import io.fusewire.error.InvalidSignatureException;
import io.fusewire.error.UnknownSourceException;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.Event;
import io.fusewire.event.EventReader;
import io.fusewire.signature.SignatureVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeExchangeException;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The webhook's first step: proves who sent the request, by the secrets of the source that its path names. Reads the
 * signature from the request itself, because Camel merges query parameters into headers of the same name.
 */
public final class VerifySignature implements Processor {
    /** The exchange property that holds the source's name. */
    public static final String SOURCE = "source";

    /** The source of the path without a name. */
    public static final String DEFAULT_SOURCE = "default";

    private static final String HEADER = "x-langfuse-signature";
    private static final String NAMED = "/webhooks/langfuse/";

    private final Map<String, SignatureVerifier> sources;
    private final int longest;

    /**
     * @param sources a verifier for each source; a source that isn't here has no secret, so nothing is valid there
     * @param longest the most bytes of a body; an HTTP server of ours refuses longer ones before it has read them, a host's may not
     */
    public VerifySignature(Map<String, SignatureVerifier> sources, long longest) {
        this.sources = Map.copyOf(sources);
        this.longest = Math.toIntExact(Math.min(longest, Integer.MAX_VALUE - 8));
    }

    @Override
    public void process(Exchange exchange)
            throws InvalidSignatureException, UnknownSourceException, BodyTooLargeException {
        String source = source(exchange.getMessage().getHeader(Exchange.HTTP_PATH, "", String.class));
        SignatureVerifier verifier = sources.get(source);
        if (verifier == null) {
            throw new UnknownSourceException();
        }
        exchange.setProperty(SOURCE, source);
        byte[] body = body(exchange.getMessage());
        SignatureVerifier.Verdict verdict = verifier.verify(body, header(exchange));
        if (verdict != SignatureVerifier.Verdict.VALID) {
            throw new InvalidSignatureException(verdict.name().toLowerCase(java.util.Locale.ROOT));
        }
        exchange.getMessage().setBody(body);
    }

    /** A slash at the end of the path is no part of a name. */
    private static String source(String path) {
        String name = path.contains(NAMED) ? path.substring(path.indexOf(NAMED) + NAMED.length()) : "";
        name = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        return name.isEmpty() ? DEFAULT_SOURCE : name;
    }

    private byte[] body(Message request) throws BodyTooLargeException {
        byte[] body;
        if (request.getBody() instanceof InputStream stream) {
            try {
                body = stream.readNBytes(longest + 1);
            } catch (IOException e) {
                throw new RuntimeExchangeException("the request broke off", request.getExchange(), e);
            }
        } else {
            body = request.getBody(byte[].class);
        }
        if (body != null && body.length > longest) {
            throw new BodyTooLargeException();
        }
        return body == null ? new byte[0] : body;
    }

    /** The one header of that name; null when there is none or more than one. */
    private static String header(Exchange exchange) {
        List<String> values = exchange.getMessage() instanceof HttpMessage http
                ? http.getRequest().headers().getAll(HEADER)
                : exchange.getMessage().getHeader(HEADER) instanceof String one ? List.of(one) : List.of();
        return values.size() == 1 ? values.get(0) : null;
    }

    /** Reads the body into an {@link Event}, which becomes the body; the exchange property {@code key} is the event's key. */
    public static final class ReadEvent implements Processor {
        private static final Logger LOG = LoggerFactory.getLogger(ReadEvent.class);
        private static final String KEY = "key";
        private static final int MOST_TOLD = 100;
        private static final Set<String> KNOWN = Set.of(
                "trace.created",
                "trace.updated",
                "generation.created",
                "score.created",
                "score.updated",
                "prompt-version",
                "monitor-alert",
                "project-notification");

        private final EventReader reader;
        private final Set<String> told = ConcurrentHashMap.newKeySet();

        public ReadEvent(EventReader reader) {
            this.reader = reader;
        }

        /** The exchange property {@code source} names the source; a route that sets none is the default one. */
        @Override
        public void process(Exchange exchange) throws UnreadableEventException, BacklogFullException {
            Message message = exchange.getMessage();
            byte[] body = message.getBody(byte[].class);
            Event event = reader.read(
                    body == null ? new byte[0] : body, exchange.getProperty("source", "default", String.class));
            LongPredicate room = exchange.getProperty(EventLoopConsumer.ROOM, LongPredicate.class);
            if (room != null && !room.test(event.weight())) {
                throw new BacklogFullException();
            }
            tellUnknown(event.type());
            message.setBody(event);
            exchange.setProperty(KEY, event.key());
        }

        /** Once for each type, and for a hundred types at most: a type is the sender's text. */
        private void tellUnknown(String type) {
            if (!KNOWN.contains(type) && told.size() < MOST_TOLD && told.add(type)) {
                LOG.info("An event of the unknown type '{}' came; such events are kept.", FailureReason.line(type));
            }
        }
    }
}
