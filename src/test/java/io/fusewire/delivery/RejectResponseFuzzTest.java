package io.fusewire.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fusewire.error.UnexpectedResponseException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** Whatever stands in {@code Retry-After}: it is no wait, or one of a day at most. */
class RejectResponseFuzzTest {
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Instant NOW = Instant.parse("2026-08-22T08:00:00Z");
    private static final CamelContext CAMEL = new DefaultCamelContext(false);

    @FuzzTest
    void a_wait_is_a_day_at_most(byte[] retryAfter) {
        Exchange exchange = new DefaultExchange(CAMEL);
        exchange.getMessage().setBody("busy");
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 429);
        exchange.getMessage().setHeader("Retry-After", new String(retryAfter, StandardCharsets.ISO_8859_1));

        UnexpectedResponseException refused = catchThrowableOfType(
                UnexpectedResponseException.class, () -> new RejectResponse(() -> NOW).process(exchange));

        assertThat(refused).hasMessage("answered 429 busy");
        if (refused.retryAfter() != null) {
            assertThat(refused.retryAfter()).isBetween(Duration.ZERO, LONGEST);
        }
    }
}
