package io.fusewire.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.testing.ExampleEvents;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a workflow takes and then drops unseen is a card of more than 28 KB, whatever its texts are written in. */
class TeamsLimitsTest {
    private static final int MESSAGE = 24_000;

    /** From one byte of UTF-8 to four, and what JSON writes as two to six. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "ü", "漢", "😀", "a😀", "👩‍👩‍👧", "\"", "\\", "\n\t"})
    void a_card_whose_every_text_is_long_is_small_enough_and_splits_no_character(String text) throws Exception {
        ObjectNode event = Alerts.json(ExampleEvents.text("trace-error"));
        event.withObject("data").put("statusMessage", text.repeat(200_000));
        Map<String, Object> labels = Alerts.labels("trace.updated");
        Alerts.TEXTS.forEach(label -> labels.put(label, text.repeat(20_000)));
        Alert alert = Alerts.alert(event, labels, text.repeat(20_000), "critical", false);
        ObjectNode message = Alerts.message("teams", alert);
        byte[] sent = message.toString().getBytes(StandardCharsets.UTF_8);
        assertThat(sent.length).isBetween(5_000, MESSAGE);
        CharsetEncoder strict = StandardCharsets.UTF_8.newEncoder();
        assertThat(strict.encode(java.nio.CharBuffer.wrap(message.toString())).remaining())
                .as("a half of a pair can't be encoded")
                .isEqualTo(sent.length);
        assertThat(message.at("/attachments/0/content/body")).hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @MethodSource("io.fusewire.testing.ExampleEvents#names")
    void what_fits_stays_as_it_is(String example) {
        ObjectNode message = Alerts.message("teams", Alerts.example(example));
        assertThat(TeamsLimits.fit(message)).isEqualTo(message);
        assertThat(message.toString()).doesNotContain("…");
    }

    /** Of a template that somebody else wrote. */
    @Test
    void what_no_cut_makes_small_enough_loses_the_ends_of_its_lists() {
        ObjectNode message = Alerts.json("{\"attachments\":[{\"content\":{\"body\":[],\"actions\":[]}}]}");
        for (int i = 0; i < 100; i++) {
            ((ObjectNode) message.at("/attachments/0/content"))
                    .withArray("/body")
                    .addObject()
                    .put("id", i)
                    .put("url", "https://a.example/" + "x".repeat(3_000));
        }
        ObjectNode fitted = TeamsLimits.fit(message);
        assertThat(fitted.toString().length()).isLessThanOrEqualTo(MESSAGE);
        assertThat(fitted.at("/attachments/0/content/body")).hasSize(7);
        assertThat(fitted.at("/attachments/0/content/body/6/id").asInt()).isEqualTo(6);
        assertThat(message.at("/attachments/0/content/body"))
                .as("the template's own")
                .hasSize(100);
    }
}
