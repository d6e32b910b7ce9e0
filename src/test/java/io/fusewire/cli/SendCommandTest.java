package io.fusewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.config.Settings;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code send}, to wherever its option says. */
class SendCommandTest {
    private static final String FILE = "examples/events/trace-error.json";

    @RegisterExtension
    static final GatewayExtension GATEWAY =
            new GatewayExtension().with("fusewire.sources.shop.secrets", "lf-whsec_of-the-shop");

    @ParameterizedTest
    @CsvSource({
        "'',default",
        "/,default",
        "/webhooks/langfuse,default",
        "/api/webhooks/langfuse/,default",
        "/webhooks/langfuse/shop,shop",
        "/webhooks/langfuse/shop/,shop"
    })
    void it_posts_to_the_url_by_the_secret_of_the_source_that_it_names(String path, String source) {
        double before = taken(source);
        assertThat(run(0, "--url", "http://localhost:" + GATEWAY.port() + path, FILE))
                .startsWith("trace-error.json: 200 {\"received\":true");
        assertThat(taken(source)).isEqualTo(before + 1);
    }

    @Test
    void without_a_url_it_posts_to_the_port_that_is_set() {
        double before = taken("default");
        assertThat(run(0, FILE)).startsWith("trace-error.json: 200 ");
        assertThat(taken("default")).isEqualTo(before + 1);
    }

    @Test
    void a_source_without_a_secret_here_is_told_before_anything_is_sent() {
        assertThat(run(2, "--url", "http://localhost:" + GATEWAY.port() + "/webhooks/langfuse/nobody", FILE))
                .isEqualTo("There is no secret here to sign by: fusewire.sources.nobody.secrets is not set.\n");
    }

    @Test
    void where_nobody_listens_it_says_so() {
        String url = "https://localhost:" + RunningGateway.freePort() + "/webhooks/langfuse";
        assertThat(run(1, "--url", url, FILE)).startsWith("trace-error.json: nothing listens at " + url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "events.example.com",
                "events.example.com:443",
                "ftp://events.example.com",
                "https:events.example.com",
                "https://",
                "https://events.example.com:99999",
                "https://a:canary@events.example.com",
                "https://events example.com",
                ""
            })
    void what_is_no_address_is_refused(String url) {
        assertThat(run(2, "--url", url, FILE))
                .isEqualTo("--url takes an address such as https://events.example.com/webhooks/langfuse.\n");
    }

    private static double taken(String source) {
        String sample = "fusewire_requests_total{outcome=\"%s\",source=\"" + source + "\"}";
        return GATEWAY.metric(sample.formatted("accepted")) + GATEWAY.metric(sample.formatted("duplicate"));
    }

    private static String run(int expected, String... words) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        String[] line = new String[words.length + 1];
        line[0] = "one";
        System.arraycopy(words, 0, line, 1, words.length);
        int exit = new Commands(out, out)
                .with("one", () -> new SendCommand(() -> new Settings(GATEWAY.camel())))
                .execute(line);
        assertThat(exit).as(printed.toString(StandardCharsets.UTF_8)).isEqualTo(expected);
        return printed.toString(StandardCharsets.UTF_8);
    }
}
