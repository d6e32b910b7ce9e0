package io.fusewire.signature;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/**
 * The door's first step: proves who sent the request, by the secrets of the source that its path names. Reads the
 * signature from the request itself, because Camel merges query parameters into headers of the same name.
 */
public final class VerifySignature implements Processor {
    /** The exchange property that holds the source's name. */
    public static final String SOURCE = "source";

    /** The source of the door without a name. */
    public static final String DEFAULT_SOURCE = "default";

    private static final String HEADER = "x-langfuse-signature";
    private static final String NAMED = "/webhooks/langfuse/";

    private final Map<String, SignatureVerifier> sources;

    /** @param sources a verifier for each source; a source that isn't here has no secret, so nothing is valid there */
    public VerifySignature(Map<String, SignatureVerifier> sources) {
        this.sources = Map.copyOf(sources);
    }

    @Override
    public void process(Exchange exchange) throws Unverified {
        String path = exchange.getMessage().getHeader(Exchange.HTTP_PATH, "", String.class);
        String source = path.contains(NAMED) ? path.substring(path.indexOf(NAMED) + NAMED.length()) : DEFAULT_SOURCE;
        SignatureVerifier verifier = sources.get(source);
        if (verifier == null) {
            throw new Unverified("unknown_source");
        }
        exchange.setProperty(SOURCE, source);
        byte[] body = exchange.getMessage().getBody(byte[].class);
        SignatureVerifier.Verdict verdict = verifier.verify(body == null ? new byte[0] : body, header(exchange));
        if (verdict != SignatureVerifier.Verdict.VALID) {
            throw new Unverified(verdict.name().toLowerCase(java.util.Locale.ROOT));
        }
        exchange.getMessage().setBody(body);
    }

    /** The one header of that name; null when there is none or more than one. */
    private static String header(Exchange exchange) {
        List<String> values = exchange.getMessage() instanceof HttpMessage http
                ? http.getRequest().headers().getAll(HEADER)
                : List.of(exchange.getMessage().getHeader(HEADER, "", String.class));
        return values.size() == 1 ? values.get(0) : null;
    }
}
