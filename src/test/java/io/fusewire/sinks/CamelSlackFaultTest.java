package io.fusewire.sinks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/**
 * Why the Slack sink posts with camel-http: camel-slack 4.18.0 tells Camel that it is done before it reads Slack's
 * answer. The day this test fails the component is mended, and decision 0002 can be thought over.
 */
class CamelSlackFaultTest {

    @Test
    void camel_slack_neither_redelivers_nor_dead_letters_what_slack_refused() throws Exception {
        WireMockServer slack =
                new WireMockServer(WireMockConfiguration.options().dynamicPort());
        slack.start();
        slack.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(500).withBody("rollup_error")));
        int[] deadLetters = {0};
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(deadLetterChannel("direct:dead")
                            .maximumRedeliveries(2)
                            .redeliveryDelay(1));
                    from("direct:alert").to("slack:alerts?webhookUrl=" + slack.baseUrl() + "/services/T/B/X");
                    from("direct:dead").process(exchange -> deadLetters[0]++);
                }
            });
            camel.start();
            camel.createProducerTemplate()
                    .send("direct:alert", exchange -> exchange.getMessage().setBody("down"));
            assertThat(slack.getAllServeEvents())
                    .as("attempts; three would be right")
                    .hasSize(1);
            assertThat(deadLetters[0]).as("dead letters; one would be right").isZero();
        } finally {
            slack.stop();
        }
    }
}
