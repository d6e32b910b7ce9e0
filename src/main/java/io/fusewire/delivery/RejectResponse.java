package io.fusewire.delivery;

import io.fusewire.error.UnexpectedResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Turns the HTTP answer into an {@link UnexpectedResponseException}. Retry-After is read as seconds or as a date (RFC 9110). */
public final class RejectResponse implements Processor {
    /** Long enough that no secret in it is cut before it is taken out, by whoever keeps it. */
    private static final int LONGEST = 8_192;

    private final InstantSource clock;

    public RejectResponse(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) throws UnexpectedResponseException {
        Message answer = exchange.getMessage();
        String text = text(answer);
        throw new UnexpectedResponseException(
                answer.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class),
                text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text,
                retryAfter(answer.getHeader("Retry-After", String.class)));
    }

    private static String text(Message answer) {
        if (answer.getBody() instanceof InputStream stream) {
            try {
                return new String(stream.readNBytes(LONGEST + 1), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return "and then no more: " + e;
            }
        }
        return String.valueOf(answer.getBody(String.class));
    }

    private Duration retryAfter(String value) {
        if (value == null) {
            return null;
        }
        try {
            return Duration.ofSeconds(Math.max(0, Long.parseLong(value.strip())));
        } catch (NumberFormatException e) {
            return untilDate(value);
        }
    }

    private Duration untilDate(String value) {
        try {
            ZonedDateTime date = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration wait = Duration.between(clock.instant(), date.toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
