package io.fusewire.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.testing.ExampleEvents;
import io.fusewire.testing.PagerDutyContract;
import io.fusewire.testing.SlackContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an event says, what is sent is legal and pings nobody. The seed is fixed, so a failure repeats. */
class HostileTextTest {
    private static final List<String> PIECES = List.of(
            "<!channel>",
            "<@U123>",
            "</script>",
            "<https://evil.example|click>",
            "&",
            "&amp;",
            "&lt;",
            "<",
            ">",
            "**",
            "`",
            "\0",
            "\u001b[31m",
            "\r\n",
            "\t",
            " ",
            "\u2028",
            "\u2029",
            "\u202e",
            "\u2066",
            "\ud83d",
            "\ude00",
            "😀",
            "👩‍👩‍👧",
            "é",
            "none",
            "\"",
            "\\",
            "word",
            "}{",
            "$(x)",
            "../..",
            "|",
            "\uffff");
    private static final List<String> TYPES = Stream.concat(
                    ExampleEvents.names().stream()
                            .map(name ->
                                    Alerts.example(name).labels().get("type").toString())
                            .distinct(),
                    Stream.of("else"))
            .toList();
    private static final List<String> KEYS = List.of(
            "data",
            "payload",
            "event",
            "prompt",
            "message",
            "title",
            "body",
            "statusMessage",
            "comment",
            "version",
            "user",
            "name",
            "email",
            "permalink",
            "dataPermalink",
            "url",
            "timestamp",
            "monitorId",
            "window",
            "blockReason",
            "commitMessage",
            "projectName",
            "createdBy");

    private final Random random = new Random(20260822);

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String text() {
        int pieces = random.nextInt(25) == 0 ? random.nextInt(3000) : random.nextInt(12);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append(one(PIECES));
        }
        return text.toString();
    }

    private ObjectNode object(int depth) {
        ObjectNode object = Alerts.JSON.createObjectNode();
        int fields = random.nextInt(8);
        for (int i = 0; i < fields; i++) {
            String key = random.nextInt(8) == 0 ? text() : one(KEYS);
            switch (random.nextInt(depth > 0 ? 7 : 4)) {
                case 0 -> object.put(key, random.nextDouble() * 1e9);
                case 1 -> object.putNull(key);
                case 2, 3 -> object.put(key, text());
                case 4 -> object.putArray(key).add(text()).add(true);
                default -> object.set(key, object(depth - 1));
            }
        }
        return object;
    }

    private Alert alert() {
        Map<String, Object> labels = Alerts.labels(random.nextInt(10) == 0 ? text() : one(TYPES));
        for (String label : Alerts.TEXTS) {
            if (random.nextInt(3) > 0) {
                labels.put(label, text());
            }
        }
        if (random.nextBoolean()) {
            labels.put("value", random.nextGaussian());
            labels.put("level", "ERROR");
            labels.put("promptLabels", List.of(text(), text()));
        }
        String severity = one(List.of("critical", "error", "warning", "info"));
        Alert alert = Alerts.alert(object(3), labels, text(), severity, random.nextInt(5) == 0);
        return random.nextBoolean() ? alert : incident().of(alert);
    }

    private ToldIncident incident() {
        ToldIncident told = new ToldIncident(one(List.of(Incident.Kind.values())));
        told.count = random.nextInt(3) * random.nextInt(100_000);
        told.more = random.nextInt(3);
        told.span = Duration.ofSeconds(random.nextInt(300_000) - 1000);
        told.reason = one(List.of("quiet", "recovered", "by-hand", "stale", "none"));
        told.who = random.nextBoolean() ? text() : null;
        told.group.replaceAll((label, value) -> text());
        told.group.put(one(Alerts.TEXTS), text());
        told.texts = List.of(new Incident.Text(text(), told.count), new Incident.Text(text(), 1));
        told.samples = List.of(new Incident.Sample(text(), text()), new Incident.Sample(text(), null));
        told.folded = random.nextBoolean();
        return told;
    }

    @Test
    void a_thousand_hostile_events_make_legal_messages() {
        for (int i = 0; i < 1000; i++) {
            Alert alert = alert();
            assertThat(SlackContract.violations(Alerts.message("slack", alert)))
                    .as("slack %d", i)
                    .isEmpty();
            assertThat(PagerDutyContract.violations(Alerts.message("pagerduty", alert)))
                    .as("pagerduty %d", i)
                    .isEmpty();
        }
    }

    @Test
    void three_hundred_messages_of_any_shape_are_cut_to_legal_ones() {
        for (int i = 0; i < 300; i++) {
            ObjectNode message = Alerts.JSON.createObjectNode().put("text", MessageFormat.SLACK.escape(text()));
            ArrayNode blocks = message.putArray("blocks");
            int many = random.nextInt(4) == 0 ? random.nextInt(70) : random.nextInt(6);
            for (int j = 0; j < many; j++) {
                blocks.add(block());
            }
            assertThat(SlackContract.violations(MessageFormat.SLACK.fit(message)))
                    .as("message %d", i)
                    .isEmpty();
        }
    }

    private ObjectNode block() {
        ObjectNode block =
                Alerts.JSON.createObjectNode().put("type", one(List.of("header", "section", "context", "actions")));
        if (random.nextBoolean()) {
            block.put("block_id", "id" + random.nextInt(20));
        }
        if (random.nextInt(5) > 0) {
            block.set("text", words());
        }
        int many = random.nextInt(5) == 0 ? random.nextInt(40) : random.nextInt(4);
        for (int i = 0; i < many; i++) {
            switch (block.get("type").asText()) {
                case "section" -> block.withArray("fields").add(words());
                case "context" -> block.withArray("elements").add(words());
                default -> {
                    ObjectNode button = block.withArray("elements").addObject().put("type", "button");
                    button.set("text", words());
                    button.put(
                            "url",
                            one(List.of("https://a.example/", "javascript:", "http://b.example/"))
                                    + "x".repeat(random.nextInt(3100)));
                    button.put("action_id", "a" + random.nextInt(9));
                }
            }
        }
        return block;
    }

    private ObjectNode words() {
        String link =
                random.nextInt(3) == 0 ? "<https://a.example/" + "y".repeat(random.nextInt(200)) + "|a page>" : "";
        String text = MessageFormat.SLACK.escape(text()) + link + MessageFormat.SLACK.escape(text());
        return Alerts.JSON
                .createObjectNode()
                .put("type", one(List.of("mrkdwn", "plain_text")))
                .put("text", text)
                .put("verbatim", true);
    }

    @Test
    void a_status_message_pings_nobody() {
        String sent = Alerts.message("slack", Alerts.traceError("<!channel> <@U1> & </script>"))
                .toString();
        assertThat(sent)
                .contains("&lt;!channel&gt; &lt;@U1&gt; &amp; &lt;/script&gt;")
                .doesNotContain("<!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "&", "😀", "**", " ", "\n", "<!channel>", "\"", "\0", "`"})
    void a_huge_text_is_told_within_the_limits(String piece) {
        String huge = piece.repeat(100_000 / piece.length());
        for (String type : TYPES) {
            Alert alert = huge(type, huge);
            assertThat(SlackContract.violations(Alerts.message("slack", alert))).isEmpty();
            assertThat(PagerDutyContract.violations(Alerts.message("pagerduty", alert)))
                    .isEmpty();
        }
    }

    private static Alert huge(String type, String huge) {
        ObjectNode event = Alerts.JSON.createObjectNode();
        event.putObject("data").put("statusMessage", huge).put("comment", huge);
        event.putObject("payload")
                .put("permalink", huge)
                .putObject("message")
                .put("title", huge)
                .put("body", huge);
        event.putObject("event").put("message", huge).put("url", huge);
        event.putObject("prompt").put("commitMessage", huge);
        event.put("timestamp", huge);
        Map<String, Object> labels = Alerts.labels(type);
        labels.putAll(Map.of("name", huge, "trace", huge, "level", "ERROR", "subject", huge, "project", "p1"));
        return Alerts.alert(event, labels, "rule", "critical", false);
    }
}
