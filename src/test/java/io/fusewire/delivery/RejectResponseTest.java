package io.fusewire.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fusewire.error.UnexpectedResponseException;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectResponseTest {
    private static final Instant NOW = Instant.parse("2026-08-22T08:00:00Z");

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    7                             | PT7S
                    0                             | PT0S
                    -5                            | PT0S
                    86400                         | PT24H
                    86401                         | PT24H
                    1000000000                    | PT24H
                    99999999999999                | PT24H
                    99999999999999999999999999999 | PT24H
                    -99999999999999999999999999   | PT0S
                    Sat, 22 Aug 2026 08:00:30 GMT | PT30S
                    Saturday, 22-Aug-26 08:00:30 GMT | PT30S
                    Sat, 22 Aug 2026 07:00:00 GMT | PT0S
                    Thu, 22 Aug 2999 07:00:00 GMT | PT24H
                    soon                          |
                    1e9                           |
                    1.5                           | PT2S
                    0.25                          | PT1S
                    -1.5                          | PT0S
                    99999999999999999.5           | PT24H
                    1.5.5                         |
                    .5                            |
                    -0.5                          | PT1S
                    1,5                           |
                    NaN                           |
                                                  |
                    """,
            delimiter = '|')
    void retry_after_is_read_as_seconds_or_as_a_date_and_is_a_day_at_most(String header, Duration expected) {
        assertThat(refused(429, "rate_limited", header).retryAfter()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    Sat, 22 Aug 2026 09:00:00 GMT | PT30S
                    Sat, 22 Aug 2026 07:00:00 GMT | PT2H30S
                    Thu, 22 Aug 2999 07:00:00 GMT | PT0S
                    yesterday                     | PT1H30S
                    """,
            delimiter = '|')
    void a_date_is_as_far_ahead_as_the_answer_own_date_says(String date, Duration expected) {
        assertThat(refused(429, "rate_limited", "Sat, 22 Aug 2026 09:00:30 GMT", date)
                        .retryAfter())
                .isEqualTo(expected);
    }

    @Test
    void the_reason_is_the_status_and_the_start_of_the_answer() {
        assertThat(refused(400, "invalid_blocks", null)).hasMessage("answered 400 invalid_blocks");
        assertThat(refused(502, "<html>".repeat(10_000), null).getMessage()).hasSizeLessThan(9_000);
    }

    private static UnexpectedResponseException refused(int status, String answer, String retryAfter) {
        return refused(status, answer, retryAfter, null);
    }

    private static UnexpectedResponseException refused(int status, String answer, String retryAfter, String date) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext(false));
        exchange.getMessage().setBody(answer);
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        exchange.getMessage().setHeader("Retry-After", retryAfter);
        exchange.getMessage().setHeader("Date", date);
        return catchThrowableOfType(
                UnexpectedResponseException.class, () -> new RejectResponse(() -> NOW).process(exchange));
    }
}
