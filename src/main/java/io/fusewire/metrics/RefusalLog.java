package io.fusewire.metrics;

import io.fusewire.error.UnreadableEventException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log which requests were refused, and why: for each cause one line a minute at most. Thread-safe. */
final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

    /** By the outcome under which a refusal is counted. */
    private static final Map<String, String> CAUSES = Map.ofEntries(
            Map.entry("missing", "it has no x-langfuse-signature, or more than one"),
            Map.entry("malformed", "the signature, or the request itself, is malformed"),
            Map.entry("stale", "it was signed too long ago or too far ahead; look at this clock"),
            Map.entry("mismatch", "none of the source's secrets made the signature"),
            Map.entry("plain_not_accepted", "fusewire.webhook.accept-plain-signature is false"),
            Map.entry("unknown_source", "its path names a source without secrets"),
            Map.entry("unknown_path", "there is nothing at its path"),
            Map.entry("wrong_method", "it is no POST"),
            Map.entry("not_json", "its Content-Type is not JSON"),
            Map.entry("encoded", "it has a Content-Encoding"),
            Map.entry("unreadable", "it is signed, and no event"),
            Map.entry("too_large", "its body is over fusewire.webhook.max-body-size"),
            Map.entry("headers_too_large", "its headers are over fusewire.webhook.max-header-size, or too many"),
            Map.entry("line_too_long", "its first line is too long"),
            Map.entry("too_slow", "its body took longer than fusewire.webhook.body-timeout"),
            Map.entry("too_many_connections", "there are more than fusewire.webhook.max-connections"),
            Map.entry("busy", "too much is in flight: fusewire.webhook.max-in-flight, .max-bytes-in-flight"),
            Map.entry("starting", "the gateway starts or stops"),
            Map.entry("backlog_full", "fusewire.backlog.limit is reached"),
            Map.entry("unavailable", "the store took no event"),
            Map.entry("failed", "a fault of ours, which is in the log in full"),
            Map.entry("not_allowed", "the admin token is missing or wrong, or admin is off"));

    private final ThrottledLog log = new ThrottledLog(LOG::warn, System::nanoTime);

    /**
     * A request was answered.
     *
     * @param what what was refused, where it was, as a sentence begins
     * @param exchange the request's; null where it reached no route
     */
    void answered(String what, String outcome, Exchange exchange) {
        String cause = cause(outcome);
        if (cause != null) {
            log.count(what + ", " + outcome + ": " + cause + (exchange == null ? "" : reason(exchange)), 1);
        }
    }

    /** What is wrong with a body: one of our own sentences, since nothing of a stranger's comes into the log. */
    private static String reason(Exchange exchange) {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        return thrown instanceof UnreadableEventException
                ? ": " + thrown.getMessage().replaceFirst("[.]$", "")
                : "";
    }

    void tell() {
        log.tell();
    }

    /** In a sentence; null where nothing was refused, or an own route has a word of its own for it. */
    static String cause(String outcome) {
        return CAUSES.get(outcome);
    }
}
