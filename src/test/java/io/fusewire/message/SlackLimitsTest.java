package io.fusewire.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.testing.SlackContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackLimitsTest {
    private static final MessageFormat FORMAT = MessageFormat.SLACK;

    /** One block in a message, after the limits; missing if it was left out. */
    private static JsonNode fit(ObjectNode block) {
        ObjectNode message = Alerts.JSON.createObjectNode().put("text", "x");
        message.putArray("blocks").add(block);
        ObjectNode fitted = FORMAT.fit(message);
        assertThat(SlackContract.violations(fitted)).isEmpty();
        return fitted.path("blocks").path(0);
    }

    private static ObjectNode block(String json, Object... parts) {
        return Alerts.json(json.replace('\'', '"').formatted(parts));
    }

    private static String x(int length) {
        return "x".repeat(length);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '!',
            delimiter = ';',
            value = {
                "header; 150; /text/text; {'type':'header','text':{'type':'plain_text','text':'%s'}}",
                "section; 3000; /text/text; {'type':'section','text':{'type':'mrkdwn','text':'%s'}}",
                "field; 2000; /fields/0/text; {'type':'section','fields':[{'type':'mrkdwn','text':'%s'}]}",
                "context; 3000; /elements/0/text; {'type':'context','elements':[{'type':'mrkdwn','text':'%s'}]}",
                "button; 75; /elements/0/text/text; {'type':'actions','elements':[{'type':'button','text':{'type':'plain_text','text':'%s'}}]}"
            })
    void a_text_is_cut_one_over_its_limit(String what, int limit, String at, String block) {
        assertThat(fit(block(block, x(limit))).at(at).asText()).isEqualTo(x(limit));
        assertThat(fit(block(block, x(limit + 1))).at(at).asText()).isEqualTo(x(limit - 1) + "…");
        assertThat(fit(block(block, " ")).at(at).asText()).isEqualTo("–");
    }

    @Test
    void the_fallback_text_is_cut_at_4000_and_never_missing() {
        assertThat(FORMAT.fit(Alerts.json("{\"text\":\"" + x(4000) + "\"}"))
                        .get("text")
                        .asText())
                .hasSize(4000);
        assertThat(FORMAT.fit(Alerts.json("{\"text\":\"" + x(4001) + "\"}"))
                        .get("text")
                        .asText())
                .isEqualTo(x(3999) + "…");
        assertThat(FORMAT.fit(Alerts.json("{}"))).isEqualTo(Alerts.json("{\"text\":\"–\"}"));
    }

    @ParameterizedTest
    @CsvSource({"section, fields, 10", "context, elements, 10", "actions, elements, 25"})
    void lists_are_cut_one_over_their_limit(String type, String list, int limit) {
        ObjectNode block = Alerts.JSON.createObjectNode().put("type", type);
        ArrayNode elements = block.putArray(list);
        for (int i = 0; i < limit; i++) {
            elements.add(block(
                    type.equals("actions")
                            ? "{'type':'button','text':{'type':'plain_text','text':'b'},'action_id':'a%d'}"
                            : "{'type':'mrkdwn','text':'%d'}",
                    i));
        }
        assertThat(fit(block).path(list)).hasSize(limit);
        elements.add(elements.get(0).deepCopy());
        assertThat(fit(block).path(list)).hasSize(limit);
    }

    @Test
    void a_message_has_at_most_50_blocks() {
        ObjectNode message = Alerts.json("{\"text\":\"x\",\"blocks\":[]}");
        for (int i = 0; i < 50; i++) {
            message.withArray("blocks").addObject().put("type", "divider");
        }
        assertThat(FORMAT.fit(message).path("blocks")).hasSize(50);
        message.withArray("blocks").addObject().put("type", "divider");
        assertThat(FORMAT.fit(message).path("blocks")).hasSize(50);
    }

    @Test
    void a_button_keeps_a_url_of_3000_and_goes_with_a_longer_one_or_another_scheme() {
        String button =
                "{'type':'actions','elements':[{'type':'button','text':{'type':'plain_text','text':'b'},'url':'%s'}]}";
        String start = "https://a.example/";
        String url = start + x(3000 - start.length());
        assertThat(fit(block(button, url)).at("/elements/0/url").asText()).isEqualTo(url);
        assertThat(fit(block(button, url + "x")).isMissingNode()).isTrue();
        assertThat(fit(block(button, "javascript:alert(1)")).isMissingNode()).isTrue();
    }

    @Test
    void an_id_over_255_or_taken_is_left_out() {
        assertThat(fit(block("{'type':'divider','block_id':'%s'}", x(255))).has("block_id"))
                .isTrue();
        assertThat(fit(block("{'type':'divider','block_id':'%s'}", x(256))).has("block_id"))
                .isFalse();
        ObjectNode twice = FORMAT.fit(
                block("{'text':'x','blocks':[{'type':'divider','block_id':'a'},{'type':'divider','block_id':'a'}]}"));
        assertThat(SlackContract.violations(twice)).isEmpty();
        assertThat(twice.path("blocks")).hasSize(2);
    }

    @Test
    void blocks_that_hold_nothing_are_left_out_or_given_a_dash() {
        assertThat(fit(block("{'type':'context','elements':[]}")).isMissingNode())
                .isTrue();
        assertThat(fit(block("{'type':'actions'}")).isMissingNode()).isTrue();
        assertThat(fit(block("{'text':'no type'}")).isMissingNode()).isTrue();
        assertThat(fit(block("{'type':'section','fields':[]}")).at("/text/text").asText())
                .isEqualTo("–");
        assertThat(fit(block("{'type':'header','text':'a plain\\nstring'}"))
                        .at("/text/text")
                        .asText())
                .isEqualTo("a plain string");
    }

    @Test
    void all_blocks_stay_below_12000_and_the_longest_texts_give_way_first() {
        ObjectNode message = Alerts.json("{\"text\":\"x\",\"blocks\":[]}");
        for (int length : new int[] {100, 3000, 3000, 3000, 2900, 2800}) {
            message.withArray("blocks")
                    .add(block("{'type':'section','text':{'type':'mrkdwn','text':'%s'}}", x(length)));
        }
        ObjectNode fitted = FORMAT.fit(message);
        assertThat(SlackContract.violations(fitted)).isEmpty();
        assertThat(fitted.path("blocks")).hasSize(6);
        assertThat(fitted.at("/blocks/0/text/text").asText()).isEqualTo(x(100));
        assertThat(fitted.path("blocks").toString().length()).isBetween(11_990, 11_999);
    }

    @Test
    void what_is_just_below_12000_is_not_touched_and_at_12000_is_cut() {
        ObjectNode message = Alerts.json("{\"text\":\"x\",\"blocks\":[]}");
        for (int i = 0; i < 4; i++) {
            message.withArray("blocks").add(block("{'type':'section','text':{'type':'mrkdwn','text':'%s'}}", x(2900)));
        }
        int others = message.path("blocks").toString().length();
        ObjectNode last = block("{'type':'section','text':{'type':'mrkdwn','text':''}}");
        message.withArray("blocks").add(last);
        int room = 11_999 - message.path("blocks").toString().length();
        assertThat(others).isLessThan(11_999);
        ((ObjectNode) last.get("text")).put("text", x(room));
        assertThat(message.path("blocks").toString()).hasSize(11_999);
        assertThat(FORMAT.fit(message)).isEqualTo(message);
        ((ObjectNode) last.get("text")).put("text", x(room + 1));
        assertThat(FORMAT.fit(message).path("blocks").toString().length()).isLessThan(12_000);
    }

    @Test
    void where_no_cut_is_enough_the_last_blocks_go() {
        ObjectNode message = Alerts.json("{\"text\":\"x\",\"blocks\":[]}");
        for (int i = 0; i < 10; i++) {
            message.withArray("blocks")
                    .add(block(
                            "{'type':'actions','elements':[{'type':'button','text':{'type':'plain_text','text':'b'},'url':'https://a.example/%s'}]}",
                            x(2900)));
        }
        ObjectNode fitted = FORMAT.fit(message);
        assertThat(SlackContract.violations(fitted)).isEmpty();
        assertThat(fitted.path("blocks")).hasSize(3);
    }

    @Test
    void the_message_itself_is_not_changed_and_plain_text_has_no_limits() {
        ObjectNode message = Alerts.json("{\"text\":\"" + x(5000) + "\"}");
        FORMAT.fit(message);
        assertThat(message.get("text").asText()).hasSize(5000);
        assertThat(MessageFormat.TEXT.fit(message)).isSameAs(message);
    }

    @Test
    void blocks_of_attachments_are_cut_as_the_messages_own_and_count_with_them() {
        ObjectNode message = Alerts.JSON.createObjectNode().put("text", "x");
        message.putArray("blocks").add(block("{'type':'header','text':{'type':'plain_text','text':'%s'}}", x(200)));
        ObjectNode attachment = message.putArray("attachments").addObject().put("color", "#2eb886");
        ArrayNode blocks = attachment.putArray("blocks");
        for (int i = 0; i < 60; i++) {
            blocks.add(block("{'type':'section','text':{'type':'mrkdwn','text':'%s'}}", x(2900)));
        }
        ObjectNode fitted = FORMAT.fit(message);
        assertThat(SlackContract.violations(fitted)).isEmpty();
        assertThat(fitted.at("/attachments/0/blocks")).hasSize(49);
        assertThat(fitted.at("/attachments/0/color").asText()).isEqualTo("#2eb886");
        assertThat(fitted.toString().length()).isBetween(11_000, 12_200);
    }
}
