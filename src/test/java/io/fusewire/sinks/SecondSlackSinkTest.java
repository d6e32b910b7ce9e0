package io.fusewire.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.testing.CodeBlocks;
import io.fusewire.testing.RunningGateway;
import io.fusewire.testing.SlackContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A second channel, by the one file that docs/add-a-sink.md shows: it keeps all that the first one keeps. */
class SecondSlackSinkTest extends SlackSinkTest {
    @Override
    String sink() {
        return "slack-ops";
    }

    @Override
    String golden() {
        return "slack";
    }

    @Override
    void configure(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("routes/sinks"));
        String route = CodeBlocks.of("docs/add-a-sink.md", "yaml").stream()
                .filter(block -> block.contains("deliveries/slack-ops"))
                .findFirst()
                .orElseThrow();
        Files.writeString(folder.resolve("routes/sinks/slack-ops.camel.yaml"), route);
    }

    @Override
    Map<String, String> properties(String base, String secret) {
        return Map.of("sinks.slack-ops.webhook-url", base + "/services/T2/B2/" + secret);
    }

    @Test
    void a_hostile_text_is_escaped_and_cut_for_the_second_channel_as_for_the_first() throws IOException {
        String event = RunningGateway.fresh("trace-error")
                .replace("429 Too Many Requests", "<!channel> " + "&".repeat(20_000));
        gateway().post(event);
        await().until(() -> there().received().size() == 1 && others.slack().size() == 1);
        JsonNode message = there().received().get(0);
        assertThat(SlackContract.violations(message)).isEmpty();
        assertThat(message.toString()).contains("&lt;!channel&gt;").doesNotContain("<!channel>");
        assertThat(message).isEqualTo(others.slack().get(0));
        assertThat(explained(event).path("text")).isEqualTo(message.path("text"));
        assertThat(there().requests().get(0).getUrl()).startsWith("/services/T2/B2/");
    }

    private JsonNode explained(String event) throws IOException {
        String told = gateway().management("POST", "/admin/explain", event).body();
        for (JsonNode sink : new ObjectMapper().readTree(told).path("sinks")) {
            if (sink.path("sink").asText().equals(sink())) {
                return sink.path("message");
            }
        }
        throw new AssertionError(told);
    }
}
