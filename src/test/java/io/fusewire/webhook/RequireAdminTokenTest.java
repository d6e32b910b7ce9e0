package io.fusewire.webhook;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The token in a host whose HTTP server is a servlet's: Camel makes headers of parameters there, too. */
class RequireAdminTokenTest {
    private static final String RIGHT = "Bearer the-token";

    private final RequireAdminToken token = new RequireAdminToken(Optional.of("the-token"));

    @Test
    void the_header_alone_passes() {
        assertThatCode(() -> token.process(exchange(Map.of("Authorization", RIGHT, Exchange.HTTP_QUERY, "sink=slack"))))
                .doesNotThrowAnyException();
        assertThatCode(() -> token.process(
                        exchange(Map.of("Authorization", RIGHT, Exchange.CONTENT_TYPE, "application/json"))))
                .doesNotThrowAnyException();
    }

    static Stream<Map<String, Object>> others() {
        return Stream.of(
                Map.of(),
                Map.of("Authorization", List.of(RIGHT, RIGHT)),
                Map.of("Authorization", RIGHT, Exchange.HTTP_QUERY, "Authorization=Bearer+the-token"),
                Map.of("Authorization", RIGHT, Exchange.HTTP_QUERY, "a=b&AUTHORIZATION=Bearer+the-token"),
                Map.of("Authorization", RIGHT, Exchange.HTTP_QUERY, "%61uthorization=Bearer+the-token"),
                Map.of("Authorization", RIGHT, Exchange.CONTENT_TYPE, "application/x-www-form-urlencoded"),
                Map.of("Authorization", RIGHT, Exchange.CONTENT_TYPE, "Multipart/Form-Data; boundary=b"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void what_may_be_a_parameter_does_not(Map<String, Object> headers) {
        assertThatThrownBy(() -> token.process(exchange(headers))).isInstanceOf(RequireAdminToken.NotAllowed.class);
    }

    @Test
    void a_form_is_told_what_would_be_right_before_its_token_is_looked_at() {
        for (String given : new String[] {RIGHT, "Bearer wrong"}) {
            assertThatThrownBy(() -> token.process(exchange(Map.of(
                            "Authorization", given, Exchange.CONTENT_TYPE, "application/x-www-form-urlencoded"))))
                    .hasMessage("Send JSON, with Content-Type: application/json.");
        }
    }

    private static Exchange exchange(Map<String, Object> headers) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        headers.forEach(exchange.getMessage()::setHeader);
        return exchange;
    }
}
