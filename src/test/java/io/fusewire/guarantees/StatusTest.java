package io.fusewire.guarantees;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.LogLines;
import io.fusewire.testing.Postgres;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a gateway says of itself: in the log when it starts, and to an operator who asks. */
class StatusTest {
    private static final String OF_EU = "lf-whsec_a-secret-of-the-source-eu";

    private static final String SECOND = "20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks)
            .with("fusewire.sources.eu.secrets", OF_EU)
            .with("rules.trace-error.group-by", "source,project,error")
            .startedByTest();

    @Test
    void the_start_says_what_runs_on_what_and_who_is_told() {
        try (LogLines log = new LogLines()) {
            gateway.start();
            List<String> lines = log.text().lines().toList();
            assertThat(lines)
                    .contains(
                            "Configuration: " + gateway.folder().toAbsolutePath()
                                    + " (it holds neither properties nor routes;" + " what is built in is in force).",
                            "Store: SQLite, " + gateway.folder().toAbsolutePath()
                                    + "/data/fusewire.db; finished events are kept" + " 7d.",
                            "Webhooks: http://0.0.0.0:" + gateway.port() + "/webhooks/langfuse (source default),"
                                    + " /webhooks/langfuse/eu (source eu).",
                            "Polls: none.",
                            "Sinks that are on: pagerduty (sinks.pagerduty.routing-key), slack (sinks.slack.webhook-url).",
                            "Sinks that are off: email (sinks.email.to is not set), teams (sinks.teams.webhook-url is not set),"
                                    + " webhook (sinks.webhook.url is not set).",
                            "Health, metrics and admin: http://0.0.0.0:" + gateway.managementPort() + "; admin is on.")
                    .anyMatch(line -> line.startsWith("Fusewire ") && line.contains(" on Java "))
                    .noneMatch(line -> line.startsWith("In the store: "));
            assertThat(log.text())
                    .doesNotContain(
                            OF_EU, GatewayExtension.SECRET, GatewayExtension.ADMIN_TOKEN, FakeSinks.SLACK_SECRET);
        }
    }

    @Test
    void the_start_says_which_polls_ask_what_and_how_often() {
        gateway.with("fusewire.poll.shop.base-url", "http://127.0.0.1:1/langfuse/")
                .with("fusewire.poll.shop.public-key", "pk-lf-of-the-shop")
                .with("fusewire.poll.shop.secret-key", "sk-lf-of-the-shop")
                .with("fusewire.poll.eu.base-url", "http://127.0.0.1:1")
                .with("fusewire.poll.eu.public-key", "pk-lf-of-eu")
                .with("fusewire.poll.eu.secret-key", "sk-lf-of-eu")
                .with("fusewire.poll.eu.fetch", "scores, errors")
                .with("fusewire.poll.eu.interval", "90s")
                .with("fusewire.poll.eu.source", "default");
        try (LogLines log = new LogLines()) {
            gateway.start();
            assertThat(log.text().lines())
                    .contains("Polls: eu asks http://127.0.0.1:1 for errors, scores every 1m30s as source default; shop"
                            + " asks http://127.0.0.1:1/langfuse for errors, generations, scores every 1m as source"
                            + " shop.");
            assertThat(log.text()).doesNotContain("k-lf-of");
        }
    }

    @Test
    void the_start_says_which_postgresql_is_the_store_and_no_password() {
        String url = Postgres.database();
        gateway.with("fusewire.store.url", url + "?sslpassword=a-password-in-the-url")
                .with("fusewire.store.user", Postgres.USER)
                .with("fusewire.store.password", "a-password-of-the-store");
        try (LogLines log = new LogLines()) {
            gateway.start();
            assertThat(log.text().lines()).contains("Store: PostgreSQL, " + url + "; finished events are kept 7d.");
            assertThat(log.text()).doesNotContain("a-password");
        }
    }

    @Test
    void a_start_that_tells_nobody_warns_of_it() {
        gateway.with("sinks.slack.webhook-url", "").with("sinks.pagerduty.routing-key", "");
        try (LogLines log = new LogLines()) {
            gateway.start();
            assertThat(log.at(Level.WARN)).contains("Sinks that are on: none, so nobody is told of anything.");
        }
    }

    @Test
    void the_start_says_what_is_left_from_before() {
        sinks.slackAnswers(aResponse().withStatus(400).withBody("no_text"));
        gateway.start();
        gateway.post(GatewayExtension.fresh("trace-error"));
        await().until(() -> !gateway.json("/admin/dead-letters").isEmpty()
                && sinks.pagerDuty().size() == 1);
        try (LogLines log = new LogLines()) {
            gateway.restart();
            assertThat(log.text())
                    .contains("In the store: 0 events wait for their rules, 0 deliveries wait, 1 incident is open, dead"
                            + " letters: slack 1.");
        }
    }

    @Test
    void the_start_says_which_addresses_rest_still_and_why() {
        sinks.slackAnswers(aResponse().withStatus(429).withHeader("Retry-After", "3600"));
        gateway.start();
        gateway.post(GatewayExtension.fresh("trace-error"));
        await().until(() -> gateway.json("/admin/status")
                .path("sinks")
                .findValuesAsText("destination")
                .contains("default"));
        try (LogLines log = new LogLines()) {
            gateway.restart();
            assertThat(log.text())
                    .containsPattern("(?m)^Sink slack: its address default still rests until " + SECOND + ": .*429.*$");
        }
    }

    @Test
    void status_tells_health_sources_and_sinks() {
        gateway.start();
        gateway.post("/webhooks/langfuse/eu", GatewayExtension.fresh("trace-error"), OF_EU);
        await().until(() -> gateway.json("/admin/status")
                        .path("sinks")
                        .findValues("lastDelivery")
                        .size()
                == 2);
        JsonNode status = gateway.json("/admin/status");
        assertThat(status.path("health").path("live").asText()).isEqualTo("UP");
        assertThat(status.path("health").path("ready").asText()).isEqualTo("UP");
        assertThat(status.path("health").path("reasons")).isEmpty();
        assertThat(status.path("config").asText()).isEqualTo(gateway.folder().toString());
        assertThat(status.path("backlog").path("events").asInt()).isZero();
        assertThat(named(status.path("sources"), "eu").path("last").asText()).matches(SECOND);
        assertThat(status.path("sinks").findValuesAsText("lastDelivery"))
                .allSatisfy(time -> assertThat(time).matches(SECOND));
        assertThat(named(status.path("sources"), "default").has("last")).isFalse();
        assertThat(named(status.path("sinks"), "slack").path("state").asText()).isEqualTo("on");
        assertThat(named(status.path("sinks"), "teams").path("why").asText())
                .isEqualTo("sinks.teams.webhook-url is not set");
        await().until(() -> gateway.json("/admin/status").path("incidents").size() == 1);
        assertThat(status.toString()).doesNotContain(OF_EU, FakeSinks.SLACK_SECRET);
    }

    @Test
    void status_tells_what_rests_and_what_is_dead() {
        sinks.slackAnswers(aResponse().withStatus(403).withBody("invalid_token"));
        gateway.start();
        gateway.post(GatewayExtension.fresh("trace-error"));
        await().until(() -> named(gateway.json("/admin/status").path("sinks"), "slack")
                        .path("resting")
                        .size()
                == 1);
        JsonNode slack = named(gateway.json("/admin/status").path("sinks"), "slack");
        assertThat(slack.path("resting").get(0).path("reason").asText()).contains("403");
        await().until(() -> named(gateway.json("/admin/status").path("sinks"), "slack")
                        .path("waiting")
                        .asInt()
                == 1);
    }

    /** The alert that was refused says it itself; those behind it were never tried. */
    @ParameterizedTest
    @CsvSource({"false, event", "false, 'source,project,error'", "true, event", "true, 'source,project,error'"})
    void what_waits_for_an_address_that_rests_says_so_and_until_when(boolean shared, String groupBy) {
        sinks.slackAnswers(aResponse().withStatus(404).withBody("no_service"));
        gateway.with("rules.trace-error.group-by", groupBy);
        if (shared) {
            gateway.with(Postgres.properties(Postgres.database()));
        }
        gateway.start();
        gateway.post(GatewayExtension.fresh("score-created"));
        await().until(() -> named(gateway.json("/admin/status").path("sinks"), "slack")
                        .path("resting")
                        .size()
                == 1);
        gateway.post(GatewayExtension.fresh("trace-error"));
        await().untilAsserted(
                        () -> assertThat(gateway.json("/admin/events/2")
                                        .path("why")
                                        .toString())
                                .containsPattern(
                                        "slack: waiting, due [^;]*; its address default rests until 20[^ ]*Z: answered 404 no_service"));
    }

    @Test
    void events_are_found_and_one_is_shown_with_all_that_became_of_it() {
        gateway.start();
        gateway.post(GatewayExtension.fresh("trace-error"));
        gateway.post(GatewayExtension.fresh("score-created"));
        await().until(() -> sinks.slack().size() == 2 && sinks.pagerDuty().size() == 1);
        await().until(() -> !gateway.json("/admin/events").toString().contains("waiting"));
        JsonNode page = gateway.json("/admin/events?limit=1");
        assertThat(page.path("events").findValuesAsText("type")).containsExactly("score.created");
        JsonNode error = gateway.json(
                        "/admin/events?before=" + page.path("next").asText() + "&limit=5&since=1h")
                .path("events")
                .get(0);
        assertThat(error.path("id").asInt()).isEqualTo(1);
        assertThat(error.path("name").asText()).isEqualTo("checkout-agent");
        assertThat(error.path("alerts").findValuesAsText("sink")).containsExactlyInAnyOrder("slack", "pagerduty");
        assertThat(error.path("alerts").findValuesAsText("state")).containsOnly("delivered");
        assertThat(error.path("alerts").findValuesAsText("incident")).containsOnly("1");
        JsonNode whole = gateway.json("/admin/events/1");
        assertThat(whole.path("body").asText()).contains("\"ERROR\"");
        assertThat(whole.path("labels").path("level").asText()).isEqualTo("ERROR");
        assertThat(whole.path("why").get(0).asText()).startsWith("event 1, key ");
        assertThat(gateway.management("GET", "/admin/events/99").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "since=yesterday | since is a time such as 2026-11-30T08:00:00Z, or 2h for two hours ago.",
                "until=%2B999999999-01-01T00:00:00Z | until is a time such as 2026-11-30T08:00:00Z, or 2h for two hours ago.",
                "since=999999y | since is a time such as 2026-11-30T08:00:00Z, or 2h for two hours ago.",
                "limit=x | limit is a whole number.",
                "before=-1 | before is a whole number.",
                "before=9999999999999999999 | before is a whole number.",
                "type= | type is a text of 1 to 200 characters, without control characters.",
                "text=%00 | text is a text of 1 to 200 characters, without control characters.",
                "trace=a&trace=b | The parameter trace is there more than once.",
                "traceid=a | Events are asked for by type, source, project, trace, name, text, since, until, before, limit."
            })
    void what_can_not_be_asked_is_refused_in_a_sentence(String query, String sentence) {
        gateway.start();
        HttpResponse<String> answer = gateway.management("GET", "/admin/events?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(GatewayExtension.json(answer).path("error").asText()).isEqualTo(sentence);
    }

    private static JsonNode named(JsonNode all, String name) {
        return StreamSupport.stream(all.spliterator(), false)
                .filter(one -> one.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
