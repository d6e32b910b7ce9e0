package io.fusewire.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyValidatorTest {
    private static final String PACKED =
            """
            camel.server.port = 8080
            #fusewire.webhook.secrets =
            #fusewire.sources.<name>.secrets =
            fusewire.webhook.tolerance = 5m
            #fusewire.poll.<name>.public-key =
            fusewire.poll.interval = 60s
            rules.low-score.below = 0.5
            """;

    private final PropertyValidator known = new PropertyValidator(
            PACKED,
            List.of(
                    "simple: ${header.value} > {{rules.toxicity.above}}",
                    """
                    uri: fusewire:deliveries/chat
                          parameters:
                            address: webhook-url
                    """),
            any -> "");

    @Test
    void what_the_packed_file_lists_is_known_with_or_without_a_default() {
        assertThat(known.faults(List.of("fusewire.webhook.secrets", "fusewire.webhook.tolerance")))
                .isEmpty();
    }

    @Test
    void a_secret_may_come_from_a_file() {
        assertThat(known.faults(List.of("fusewire.webhook.secrets-file", "fusewire.sources.shop.secrets-file")))
                .isEmpty();
    }

    @Test
    void what_holds_for_all_polls_may_be_set_for_one_and_not_the_other_way_round() {
        assertThat(known.faults(List.of(
                        "fusewire.poll.shop.public-key-file", "fusewire.poll.shop.interval", "fusewire.poll.interval")))
                .isEmpty();
        assertThat(known.faults(List.of("fusewire.poll.public-key", "fusewire.poll.shop.intervall")))
                .containsExactly(
                        "There is no property 'fusewire.poll.public-key'; did you mean 'fusewire.poll.<name>.public-key'?",
                        "There is no property 'fusewire.poll.shop.intervall'; did you mean 'fusewire.poll.interval'?");
    }

    @Test
    void what_a_route_asks_for_is_known() {
        assertThat(known.faults(List.of("rules.toxicity.above"))).isEmpty();
    }

    @Test
    void the_address_of_a_sink_from_outside_is_known_for_the_sink_and_for_a_source() {
        assertThat(known.faults(List.of("sinks.chat.webhook-url", "fusewire.sources.shop.chat-webhook-url")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from: {uri: fusewire:deliveries/chat, parameters: {address: webhook-url}}",
                "from: 'fusewire:deliveries/chat?perSecond=1&address=webhook-url'",
                "uri: \"fusewire://deliveries/chat\"\nparameters:\n  \"address\": \"webhook-url\""
            })
    void an_address_is_known_however_its_route_is_written(String route) {
        PropertyValidator written = new PropertyValidator(PACKED, List.of(route), any -> "");
        assertThat(written.faults(List.of("sinks.chat.webhook-url"))).isEmpty();
    }

    @Test
    void a_misspelt_property_gets_the_nearest_known_name() {
        assertThat(known.faults(List.of("fusewire.webhook.tolerence", "rules.low-score.bellow")))
                .containsExactly(
                        "There is no property 'fusewire.webhook.tolerence'; did you mean 'fusewire.webhook.tolerance'?",
                        "There is no property 'rules.low-score.bellow'; did you mean 'rules.low-score.below'?");
    }

    @Test
    void what_was_left_behind_by_a_sink_or_a_rule_is_told_as_such() {
        assertThat(known.faults(List.of("sinks.gone.per-second", "rules.vanished.above")))
                .containsExactly(
                        "Nothing reads the property 'rules.vanished.above'; remove it, or let a route ask for it:"
                                + " {{rules.vanished.above}}.",
                        "Nothing reads the property 'sinks.gone.per-second'; remove it, or let a route ask for it:"
                                + " {{sinks.gone.per-second}}.");
    }

    @Test
    void what_is_listed_and_set_must_be_read_by_a_route_in_use() {
        Properties set = new Properties();
        set.put("rules.low-score.below", "0.3");
        set.put("rules.toxicity.above", "0.3");
        set.put("sinks.chat.webhook-url-file", "url.txt");
        set.put("fusewire.webhook.tolerance", "5m");
        set.put("rules.time-zone", "UTC");
        assertThat(known.unread(set))
                .containsExactly("Nothing reads the property 'rules.low-score.below'; remove it, or let a route ask for"
                        + " it: {{rules.low-score.below}}.");
    }

    @Test
    void what_is_only_listed_may_be_read_by_nobody() {
        Properties packed = new Properties();
        packed.put("rules.low-score.below", "0.5");
        assertThat(known.unread(packed)).isEmpty();
    }

    @Test
    void a_name_that_people_give_has_small_letters_digits_and_dashes() {
        assertThat(known.faults(List.of(
                        "fusewire.sources.EU.secrets",
                        "fusewire.sources.eu_prod.secrets-file",
                        "fusewire.poll.Shop.public-key")))
                .containsExactly(
                        "fusewire.poll.Shop.public-key: 'Shop' is no name for a poll; it is of small letters, digits and -.",
                        "fusewire.sources.EU.secrets: 'EU' is no name for a source; it is of small letters, digits and -.",
                        "fusewire.sources.eu_prod.secrets-file: 'eu_prod' is no name for a source; it is of small letters,"
                                + " digits and -.");
    }

    @Test
    void an_item_of_a_list_is_known_as_the_list_is() {
        assertThat(known.faults(List.of("fusewire.webhook.secrets[0]", "fusewire.webhook.secret[1]")))
                .containsExactly(
                        "There is no property 'fusewire.webhook.secret'; did you mean 'fusewire.webhook.secrets'?");
    }

    @Test
    void a_variable_that_sets_nothing_gets_the_nearest_that_does() {
        assertThat(known.unknownVariables(List.of(
                        "FUSEWIRE_WEBHOOK_SECRET",
                        "FUSEWIRE_SOURCES_SHOP_SECRET",
                        "sinks_chat_webhookurl",
                        "FUSEWIRE_OPTIONS",
                        "CAMEL_HOME")))
                .startsWith(
                        "The environment variable FUSEWIRE_WEBHOOK_SECRET sets nothing; did you mean FUSEWIRE_WEBHOOK_SECRETS?",
                        "The environment variable FUSEWIRE_SOURCES_SHOP_SECRET sets nothing; did you mean"
                                + " FUSEWIRE_SOURCES_<NAME>_SECRETS?",
                        "The environment variable sinks_chat_webhookurl sets nothing; did you mean SINKS_CHAT_WEBHOOK_URL?")
                .hasSize(4)
                .noneMatch(remark -> remark.contains("CAMEL_HOME"));
    }

    @Test
    void properties_of_others_are_none_of_our_business() {
        assertThat(known.faults(List.of("camel.main.nane", "java.version", "sinks")))
                .isEmpty();
    }
}
