package io.fusewire.poll;

import static io.fusewire.fakes.LangfuseShapes.generation;
import static io.fusewire.fakes.LangfuseShapes.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.fusewire.fakes.LangfuseApi;
import io.fusewire.fakes.LangfuseApi.Answer;
import io.fusewire.fakes.LangfuseServer;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.LogLines;
import io.fusewire.testing.Postgres;
import io.fusewire.testing.RunningGateway;
import io.fusewire.testing.StoreFile;
import io.fusewire.testing.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The poll route of the real program, over real HTTP. */
class PollRouteTest {
    @TempDir
    Path folder;

    private final FakeSinks sinks = new FakeSinks();
    private final LogLines log = new LogLines();
    private final TestClock there = TestClock.running();
    private final LangfuseApi api = new LangfuseApi(there);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final Map<String, String> properties = new HashMap<>(sinks.properties());
    private LangfuseServer langfuse;
    private RunningGateway gateway;

    @BeforeEach
    void start() throws IOException {
        langfuse = new LangfuseServer(api);
        properties.put("fusewire.poll.shop.base-url", langfuse.base().toString());
        properties.put("fusewire.poll.shop.public-key", LangfuseApi.PUBLIC_KEY);
        properties.put("fusewire.poll.shop.secret-key", LangfuseApi.SECRET_KEY);
        properties.put("fusewire.poll.interval", "1s");
        properties.put("fusewire.poll.requests-per-minute", "10000");
    }

    @AfterEach
    void stop() {
        gateway.close();
        langfuse.close();
        sinks.close();
        log.close();
        assertThat(sinks.violations()).isEmpty();
    }

    @Test
    void an_error_reaches_slack_with_a_link_that_opens_it() {
        api.observation(now, generation("o1", now.minusSeconds(60), now.minusSeconds(55), "ERROR"));
        api.observation(now, generation("o2", now.minusSeconds(50), now.minusSeconds(45), "DEFAULT"));
        api.score(now, score("s1", now.minusSeconds(40), 0.2, now.minusSeconds(40)));
        gateway = RunningGateway.in(folder, properties);
        await().until(() -> sinks.slack().size() == 2 && sinks.pagerDuty().size() == 1);
        await().until(() -> gateway.metric(
                        "gen_ai_client_token_usage_sum{gen_ai_request_model=\"gpt-4o\",gen_ai_token_type=\"input\"}")
                >= 0);
        assertThat(sinks.slack().toString())
                .contains(langfuse.base() + "/project/" + LangfuseApi.PROJECT + "/traces/trace-of-o1?observation=o1")
                .contains("429 Too Many Requests from provider")
                .contains("source shop");
        await().until(() -> gateway.metric("fusewire_poll_rows_total{outcome=\"seen\",poll=\"shop\"}") >= 4);
        assertThat(gateway.metric("fusewire_poll_rows_total{outcome=\"new\",poll=\"shop\"}"))
                .isEqualTo(4);
        assertThat(gateway.metric("fusewire_poll_requests_total{outcome=\"answered\",poll=\"shop\"}"))
                .isGreaterThan(5);
        assertThat(gateway.metric("fusewire_poll_lag_seconds{feed=\"errors\",poll=\"shop\"}"))
                .isLessThan(60);
        assertThat(gateway.metric("fusewire_poll_budget{poll=\"shop\"}")).isBetween(5_000.0, 9_999.0);
        assertThat(sinks.slack()).hasSize(2);
    }

    @Test
    void a_score_that_a_bridge_of_the_same_source_carries_too_fires_once() throws Exception {
        properties.put("fusewire.poll.shop.source", "default");
        gateway = RunningGateway.in(folder, properties);
        String bridged =
                "{\"id\":\"bridge-1\",\"event\":\"score.created\",\"timestamp\":\"2026-08-22T08:00:00Z\",\"data\":{"
                        + "\"projectId\":\"" + LangfuseApi.PROJECT
                        + "\",\"traceId\":\"trace-of-s%1$s\",\"scoreId\":\"s%1$s\","
                        + "\"name\":\"hallucination\",\"value\":0.2}}";
        api.score(now, score("s1", now.minusSeconds(40), 0.2, now.minusSeconds(40)));
        await().until(() -> sinks.slack().size() == 1);
        assertThat(gateway.post(bridged.formatted("1")).body()).isEqualTo("{\"received\":true,\"duplicate\":true}");

        assertThat(gateway.post(bridged.formatted("2")).body()).isEqualTo("{\"received\":true}");
        // Langfuse writes it a moment after it was made, and it is no other score for that.
        api.score(now, score("s2", now.minusSeconds(30), 0.2, now.minusSeconds(29)));
        double before = gateway.metric("fusewire_poll_rows_total{outcome=\"seen\",poll=\"shop\"}");
        await().until(() -> gateway.metric("fusewire_poll_rows_total{outcome=\"seen\",poll=\"shop\"}") >= before + 6);
        assertThat(gateway.metric("fusewire_poll_rows_total{outcome=\"new\",poll=\"shop\"}"))
                .isEqualTo(1);
        assertThat(sinks.slack()).hasSize(2);
    }

    @Test
    void a_page_that_is_too_large_is_asked_for_in_parts() {
        api.observation(now, generation("o1", now.minusSeconds(60), now.minusSeconds(55), "ERROR"));
        api.answerOnce(asked -> asked.contains("observations"), Answer.of(200, " ".repeat(9 << 20)));
        gateway = RunningGateway.in(folder, properties);
        await().until(() -> sinks.slack().size() == 1);
        assertThat(gateway.metric("fusewire_poll_requests_total{outcome=\"too_much\",poll=\"shop\"}"))
                .isEqualTo(1);
    }

    @Test
    void wrong_keys_are_told_by_readiness_and_never_shown() throws Exception {
        String wrong = "sk-lf-this-is-not-the-key-of-the-project";
        properties.put("fusewire.poll.shop.secret-key", wrong);
        gateway = RunningGateway.in(folder, properties);
        await().until(() -> ready().contains("fusewire.poll.shop.secret-key"));
        assertThat(gateway.managementWithout("/observe/health/ready").statusCode())
                .isEqualTo(200);
        assertThat(gateway.post(RunningGateway.fresh("trace-error")).statusCode())
                .isEqualTo(200);
        String header = Base64.getEncoder().encodeToString((LangfuseApi.PUBLIC_KEY + ":" + wrong).getBytes());
        String shown = log.text()
                + ready()
                + gateway.management("GET", "/observe/metrics").body()
                + new StoreFile(folder).rows("SELECT * FROM event")
                + new StoreFile(folder).rows("SELECT * FROM poll");
        assertThat(shown)
                .contains("Langfuse refuses the keys (401)")
                .doesNotContain(wrong, LangfuseApi.PUBLIC_KEY, header);
    }

    @Test
    void keys_that_an_answer_repeats_are_not_shown() {
        api.answerOnce(
                any -> true, Answer.of(500, "no such user: " + LangfuseApi.PUBLIC_KEY + ":" + LangfuseApi.SECRET_KEY));
        gateway = RunningGateway.in(folder, properties);
        await().until(() -> log.text().contains("Langfuse answered 500"));
        assertThat(log.text()).doesNotContain(LangfuseApi.PUBLIC_KEY, LangfuseApi.SECRET_KEY);
    }

    @Test
    void what_cannot_be_reached_or_trusted_stops_no_webhook() {
        WireMockServer selfSigned =
                new WireMockServer(WireMockConfiguration.options().dynamicPort().dynamicHttpsPort());
        selfSigned.start();
        properties.put("fusewire.poll.shop.base-url", "https://localhost:" + selfSigned.httpsPort());
        properties.put("fusewire.poll.nowhere.base-url", "http://127.0.0.1:1");
        properties.put("fusewire.poll.nowhere.public-key", "pk-lf-nowhere");
        properties.put("fusewire.poll.nowhere.secret-key", "sk-lf-nowhere");
        gateway = RunningGateway.in(folder, properties);
        await().until(() -> ready().contains("poll.shop") && ready().contains("poll.nowhere"));
        assertThat(ready()).contains("SSL", "Connect");
        assertThat(gateway.post(RunningGateway.fresh("trace-error")).body()).isEqualTo("{\"received\":true}");
        await().until(() -> sinks.slack().size() == 1);
        selfSigned.stop();
    }

    @Test
    void of_two_gateways_one_polls_and_the_other_takes_over() {
        properties.put("fusewire.store.url", Postgres.database());
        properties.put("fusewire.store.user", Postgres.USER);
        api.observation(now, generation("o1", now.minusSeconds(60), now.minusSeconds(55), "ERROR"));
        gateway = RunningGateway.in(folder, properties);
        try (RunningGateway other = RunningGateway.in(folder, properties)) {
            await().until(() -> asked(gateway) > 0);
            await().until(() -> sinks.slack().size() == 1);
            assertThat(asked(other)).isZero();
            gateway.close();
            api.observation(now, generation("o2", now.minusSeconds(50), now.minusSeconds(45), "ERROR"));
            await().until(() -> sinks.slack().size() == 2);
            assertThat(asked(other)).isPositive();
        }
        assertThat(sinks.slack()).hasSize(2);
    }

    @Test
    void a_gateway_that_only_polls_needs_no_webhook_secret() {
        properties.put("fusewire.webhook.secrets", "");
        gateway = RunningGateway.in(folder, properties);
        await().until(() -> asked(gateway) > 0);
        assertThat(gateway.post(RunningGateway.fresh("trace-error")).statusCode())
                .as("no source has a secret")
                .isEqualTo(404);
    }

    private static double asked(RunningGateway of) {
        return of.metric("fusewire_poll_requests_total{outcome=\"answered\",poll=\"shop\"}");
    }

    private String ready() {
        return gateway.managementWithout("/observe/health/ready?data=true").body();
    }
}
