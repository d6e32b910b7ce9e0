package io.fusewire.delivery;

import io.fusewire.error.UnexpectedResponseException;
import io.fusewire.error.UnexpectedResponseException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.hc.client5.http.utils.DateUtils;

/**
 * Turns the HTTP answer into an {@link UnexpectedResponseException}, and says whose fault it is. Retry-After is read as
 * seconds, which some send with a fraction, or as a date (RFC 9110), and is a day at most.
 */
public final class RejectResponse implements Processor {
    /** Long enough that no secret in it is cut before it is taken out, by whoever keeps it. */
    private static final int LONGEST = 8_192;

    private static final Pattern SECONDS = Pattern.compile("(-?\\d+)(\\.\\d+)?");

    /** The longest wait that is believed. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private static final int BAD_REQUEST = 400;

    /** A page, which no sink's interface answers but a proxy may; or PagerDuty's word for a key that is none. */
    private static final Pattern OF_NO_MESSAGE = Pattern.compile("^\\s*<|(?i)routing.?key");

    private final InstantSource clock;

    public RejectResponse(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) throws UnexpectedResponseException {
        throw of(exchange.getMessage(), text(exchange.getMessage(), LONGEST + 1), null);
    }

    /** @param fault whose fault it is, or null where status and text say it */
    UnexpectedResponseException of(Message answer, String text, Fault fault) {
        int status = answer.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        return new UnexpectedResponseException(
                status,
                text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text,
                retryAfter(answer),
                fault == null ? fault(status, text) : fault);
    }

    /** A 400 that is a page, or about the key, says as little of the message as a 403. */
    private static Fault fault(int status, String text) {
        Fault fault = Fault.of(status);
        if (fault == Fault.EITHER) {
            return SlackWords.revokes(text) ? Fault.ADDRESS : fault;
        }
        return status == BAD_REQUEST && OF_NO_MESSAGE.matcher(text).find() ? Fault.EITHER : fault;
    }

    /** What is said before it breaks off or is too long. */
    static String text(Message answer, int longest) {
        if (answer.getBody() instanceof InputStream stream) {
            try {
                return new String(stream.readNBytes(longest), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return "and then no more: " + e;
            }
        }
        return String.valueOf(answer.getBody(String.class));
    }

    private Duration retryAfter(Message answer) {
        String text = text(answer, "Retry-After");
        Matcher seconds = SECONDS.matcher(text);
        if (seconds.matches()) {
            // Ten digits are more than is believed, and all of them may be more than a long holds.
            String whole = seconds.group(1);
            long least = Long.parseLong(whole.length() > 10 ? whole.substring(0, 10) : whole);
            return bounded(Duration.ofSeconds(seconds.group(2) == null ? least : least + 1));
        }
        Instant until = DateUtils.parseStandardDate(text);
        return until == null ? null : bounded(Duration.between(sent(answer), until));
    }

    /** By the sender's own clock, which the date that it asks for goes by too. */
    private Instant sent(Message answer) {
        Instant said = DateUtils.parseStandardDate(text(answer, "Date"));
        return said == null ? clock.instant() : said;
    }

    private static String text(Message answer, String header) {
        String value = answer.getHeader(header, String.class);
        return value == null ? "" : value.strip();
    }

    private static Duration bounded(Duration asked) {
        Duration wait = asked.isNegative() ? Duration.ZERO : asked;
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }
}
