package io.fusewire.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.FakeSlackApi;
import io.fusewire.testing.FakeSlackApi.Posted;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which way an alert goes to Slack: a source's own channel or webhook before the shared one, and one way at a time. */
class OwnChannelTest {
    private static final String SOURCE_SECRET = "lf-whsec_secret-of-the-sources";
    private static final String SHOP_BOT = "xoxb-botOfTheShop";
    private static final String DOCS_WEBHOOK = "/services/T0002/B0002/secretOfTheDocs";

    private final FakeSinks sinks = new FakeSinks();
    private final FakeSlackApi slack = new FakeSlackApi();

    @RegisterExtension
    final GatewayExtension gateway =
            new GatewayExtension(sinks).without("sinks.slack.webhook-url").startedByTest();

    @AfterEach
    void no_published_rule_was_broken() {
        slack.close();
        assertThat(slack.violations()).isEmpty();
    }

    @Test
    void each_source_goes_its_own_way_and_else_the_shared_one() {
        slack.bot(SHOP_BOT, "B0SHOP");
        slack.channel("shop", "C0SHOP");
        slack.channel("errors", "C0ERRORS");
        source("shop", Map.of("slack-channel", "C0SHOP", "slack-bot-token", SHOP_BOT));
        source("errors", Map.of("slack-channel", "errors"));
        source("docs", Map.of("slack-webhook-url", sinks.slackUrl(DOCS_WEBHOOK)));
        source("none", Map.of());
        gateway.with(slack.properties()).start();
        List.of("shop", "errors", "docs", "none").forEach(this::post);
        await().until(() ->
                slack.messages().size() == 3 && sinks.slack(DOCS_WEBHOOK).size() == 1);
        assertThat(slack.messages())
                .extracting(Posted::channel, Posted::bot)
                .containsExactlyInAnyOrder(
                        tuple("C0SHOP", "B0SHOP"), tuple("C0ERRORS", "B0FUSEWIRE"), tuple("C0LLMALERTS", "B0FUSEWIRE"));
        await().until(() -> gateway.store()
                .rows("SELECT destination FROM delivery WHERE sink = 'slack' AND state = 'delivered' ORDER BY 1")
                .equals(List.of("default", "docs", "errors", "shop")));
    }

    @Test
    void a_source_may_have_a_channel_beside_a_shared_webhook() {
        source("shop", Map.of("slack-channel", "#" + FakeSlackApi.CHANNEL, "slack-bot-token", FakeSlackApi.TOKEN));
        gateway.with("sinks.slack.webhook-url", sinks.slackUrl(FakeSinks.SLACK_SECRET))
                .with("sinks.slack.api-url", slack.url())
                .start();
        post("shop");
        gateway.post(RunningGateway.fresh("score-created"));
        await().until(() -> slack.messages().size() == 1 && sinks.slack().size() == 1);
    }

    @Test
    void a_shared_bot_needs_no_shared_channel_where_a_source_has_one() {
        source("shop", Map.of("slack-channel", FakeSlackApi.CHANNEL_ID));
        gateway.with("sinks.slack.bot-token", FakeSlackApi.TOKEN)
                .with("sinks.slack.api-url", slack.url() + "/")
                .start();
        post("shop");
        gateway.post(RunningGateway.fresh("score-created"));
        await().until(() -> gateway.store()
                .rows("SELECT state, reason FROM delivery WHERE sink = 'slack' ORDER BY id")
                .equals(List.of("delivered null", "suppressed sinks.slack.webhook-url is not set")));
    }

    @Test
    void a_channel_s_name_is_not_taken_out_of_other_texts() {
        slack.channel("internal", "C0INTERNAL");
        slack.refuses("internal_error");
        gateway.with(slack.properties()).with("sinks.slack.channel", "internal").start();
        gateway.post(RunningGateway.fresh("score-created"));
        await().until(() -> gateway.store()
                .rows("SELECT reason FROM delivery WHERE sink = 'slack'")
                .equals(List.of("answered 200 internal_error")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sinks.slack.webhook-url=http://localhost:1/x sinks.slack.channel=C1 sinks.slack.bot-token=xoxb-1"
                        + " | sinks.slack.webhook-url and sinks.slack.channel are both set, and a message goes one way;"
                        + " remove one of them.",
                "sinks.slack.webhook-url=http://localhost:1/x sinks.slack.bot-token=xoxb-1"
                        + " | sinks.slack.webhook-url and sinks.slack.bot-token are both set, and a message goes one way;"
                        + " remove one of them.",
                "sinks.slack.channel=C1 | sinks.slack.channel is set and sinks.slack.bot-token is not; a channel needs the"
                        + " token of a bot.",
                "sinks.slack.bot-token=xoxb-1 | sinks.slack.bot-token is set and sinks.slack.channel is not; say where the"
                        + " bot posts.",
                "fusewire.sources.shop.slack-channel=C1 | fusewire.sources.shop.slack-channel is set and"
                        + " sinks.slack.bot-token is not; a channel needs the token of a bot.",
                "fusewire.sources.shop.slack-bot-token=xoxb-1 sinks.slack.channel=C1 sinks.slack.bot-token=xoxb-2"
                        + " | fusewire.sources.shop.slack-bot-token is set and fusewire.sources.shop.slack-channel is not;"
                        + " say where the bot posts.",
                "fusewire.sources.shop.slack-channel=C1 fusewire.sources.shop.slack-bot-token=xoxb-1"
                        + " fusewire.sources.shop.slack-webhook-url=http://localhost:1/x"
                        + " | fusewire.sources.shop.slack-webhook-url and fusewire.sources.shop.slack-channel are both set,"
                        + " and a message goes one way; remove one of them."
            })
    void two_ways_at_once_and_half_of_one_stop_the_start(String settings, String sentence) {
        for (String setting : settings.split(" ")) {
            gateway.with(setting.split("=")[0], setting.split("=")[1]);
        }
        assertThatThrownBy(gateway::start).hasStackTraceContaining(sentence);
    }

    private void source(String name, Map<String, String> settings) {
        gateway.with("fusewire.sources." + name + ".secrets", SOURCE_SECRET);
        settings.forEach((setting, value) -> gateway.with("fusewire.sources." + name + "." + setting, value));
    }

    private void post(String source) {
        assertThat(gateway.post("/webhooks/langfuse/" + source, RunningGateway.fresh("score-created"), SOURCE_SECRET)
                        .statusCode())
                .isEqualTo(200);
    }
}
