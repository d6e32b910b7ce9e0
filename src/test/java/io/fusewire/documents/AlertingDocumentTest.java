package io.fusewire.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.testing.CodeBlocks;
import io.fusewire.testing.FakeSlackApi;
import io.fusewire.testing.FakeSlackApi.Posted;
import io.fusewire.testing.GatewayClient;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.SlackText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What docs/alerting.md says of incidents is what the gateway does. */
class AlertingDocumentTest {
    private static final String DOCUMENT = "docs/alerting.md";
    private static final Pattern RULE = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (?:`(\\S+)`|–) \\| (.*) \\|$");
    private static final Pattern PARAMETER =
            Pattern.compile("(?m)^\\| `(\\w+)` \\| `([a-z-]+)` \\|.*\\| `(\\S+)`.*\\|$");
    private static final Pattern CLOSES = Pattern.compile("after (\\d+[mh]) without");
    private static final FakeSlackApi slack = new FakeSlackApi();

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension()
            .with(slack.properties())
            .with("rules.trace-error.group-by", "source,project,error")
            .with("rules.time-zone", "UTC");

    @AfterAll
    static void close() {
        slack.close();
        assertThat(slack.violations()).isEmpty();
    }

    @Test
    void one_message_in_slack_is_edited_and_its_thread_has_the_news() throws IOException {
        List<String> seen = new ArrayList<>();
        error("7b2e0c0f9f7a4a0c8b1d2e3f4a5b6c7d", 12);
        await().until(() -> told() == 1);
        seen.add("The message at 08:21:\n" + SlackText.of(onlyMessage().content()));
        gateway.clock().forward(Duration.ofMinutes(2));
        error("1f0d3c5a7e9b4d2c8a6f0e1d2c3b4a59", 7);
        error("c0ffee005e1f4b6d9a8c7e6f5d4c3b2a", 31);
        error("9e8d7c6b5a4f4e3d8c2b1a0f9e8d7c6b", 9);
        error("44b1d0e7a2c94f08b3d6e5f4a1c2b3d4", 22);
        await().until(() -> gateway.json("/admin/incidents/1").path("count").asInt() == 5);
        gateway.clock().forward(Duration.ofMinutes(3));
        await().until(() -> told() == 5);
        seen.add("The same message at 08:26:\n" + SlackText.of(onlyMessage().content()));
        gateway.clock().forward(Duration.ofMinutes(12));
        await().until(() -> thread().size() == 2);
        seen.add("And at 08:38:\n" + SlackText.of(onlyMessage().content()));
        seen.add("In its thread at 08:26:\n" + SlackText.of(thread().get(0).content()));
        seen.add("In its thread at 08:38:\n" + SlackText.of(thread().get(1).content()));
        assertThat(onlyMessage().edits()).isEqualTo(2);
        assertThat(timeless(CodeBlocks.of(DOCUMENT, "text").get(1)))
                .isEqualTo(timeless(String.join("\n", seen).strip()));
    }

    @Test
    void the_default_rules_group_and_close_as_the_table_says() throws IOException {
        TreeMap<String, String> said = new TreeMap<>();
        rows(RULE).filter(row -> !row.group(1).equals("unless")).forEach(row -> {
            said.put("rules." + row.group(1) + ".group-by", row.group(2) == null ? "event" : row.group(2));
            CLOSES.matcher(row.group(3))
                    .results()
                    .filter(closes -> !closes.group(1).equals("15m"))
                    .forEach(closes -> said.put("rules." + row.group(1) + ".resolve-after", closes.group(1)));
        });
        rows(PARAMETER).forEach(row -> said.put("rules." + row.group(2), row.group(3)));
        Properties properties = new Properties();
        try (InputStream file = Files.newInputStream(Path.of("application.properties"))) {
            properties.load(file);
        }
        TreeMap<String, String> set = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.matches("rules\\..*(group-(by|wait|interval)|repeat-interval|resolve-after)")) {
                set.put(name, properties.getProperty(name));
            }
        }
        assertThat(said).isEqualTo(set);
    }

    private static Stream<MatchResult> rows(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(Path.of(DOCUMENT))).results();
    }

    /** How many alerts the sink has been told of, and that is settled. */
    private static int told() {
        for (JsonNode sink : gateway.json("/admin/incidents/1").path("sinks")) {
            if (sink.path("sink").asText().equals("slack")) {
                return sink.path("told").asInt();
            }
        }
        return 0;
    }

    private static Posted onlyMessage() {
        assertThat(slack.messages()).hasSize(1);
        return slack.messages().get(0);
    }

    private static List<Posted> thread() {
        return slack.thread(onlyMessage().ts());
    }

    /** A trace's id is another each time, and so is the time; the bar has a color. */
    private static String timeless(String text) {
        return text.replaceAll("(?m)^#\\w{6} ", "")
                .replaceAll("[0-9a-f]{6}…[0-9a-f]{6}|[0-9a-f]{32}", "trace")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "arrival")
                .replaceAll("\\d\\d:\\d\\d", "time");
    }

    private static void error(String trace, int seconds) {
        gateway.post(GatewayClient.fresh("trace-error")
                .replace("7b2e0c0f9f7a4a0c8b1d2e3f4a5b6c7d", trace)
                .replace("429 Too Many Requests from provider", "Timeout: no answer within " + seconds + " s"));
    }
}
