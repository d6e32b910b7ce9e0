package io.fusewire.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fusewire.metrics.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RespondEndpointTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CamelContext camel = new DefaultCamelContext();

    @Test
    void a_response_is_counted_and_sends_no_header_back() throws Exception {
        RespondEndpoint endpoint = endpoint("400");
        endpoint.setOutcome("unreadable");
        endpoint.setBody("{\"error\":\"${exchangeProperty.why}\"}");
        endpoint.setHeader("Retry-After");
        endpoint.setHeaderValue("5");
        Exchange exchange = new DefaultExchange(camel);
        exchange.setProperty("why", "no type");
        exchange.setProperty("source", "shop");
        exchange.getMessage().setHeader("x-langfuse-signature", "secret");
        endpoint.createProducer().process(exchange);
        ByteBuffer body = exchange.getMessage().getBody(ByteBuffer.class);
        assertThat(StandardCharsets.UTF_8.decode(body).toString()).isEqualTo("{\"error\":\"no type\"}");
        assertThat(exchange.getMessage().getHeaders())
                .containsOnlyKeys(Exchange.CONTENT_TYPE, Exchange.HTTP_RESPONSE_CODE, "Retry-After")
                .containsEntry(Exchange.HTTP_RESPONSE_CODE, 400);
        assertThat(registry.get("fusewire.requests")
                        .tags("source", "shop", "outcome", "unreadable")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "99", "2000"})
    void what_is_no_status_is_refused(String status) {
        assertThatThrownBy(() -> endpoint(status)).hasMessageContaining("fusewire:respond/<status>");
    }

    @Test
    void without_a_body_of_its_own_it_answers_the_messages_and_without_an_outcome_it_counts_nothing() throws Exception {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(List.of(Map.of("id", 1)));
        endpoint("200").createProducer().process(exchange);
        assertThat(StandardCharsets.UTF_8
                        .decode(exchange.getMessage().getBody(ByteBuffer.class))
                        .toString())
                .isEqualTo("[{\"id\":1}]");
        assertThat(registry.find("fusewire.requests").counters()).isEmpty();
    }

    private RespondEndpoint endpoint(String status) {
        RespondEndpoint endpoint =
                new RespondEndpoint("fusewire:respond/" + status, null, new Meters(registry)::answered, status);
        endpoint.setCamelContext(camel);
        return endpoint;
    }
}
