package io.fusewire.sinks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every answer that Slack and PagerDuty are known to give, and what becomes of the delivery; one row an answer. */
class SinkAnswersTest {
    private static final String PAGERDUTY = "/v2/enqueue";

    private static final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension(sinks);

    private int asked;

    @AfterEach
    void forget() {
        gateway.store().change("DELETE FROM delivery");
        gateway.store().change("UPDATE destination SET busy_until = 0, held_until = 0, failures = 0, resting = 0");
    }

    /** Requests: the first, a quick redelivery where the failure may pass, a second try as plain text. */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "200 | ok                                |  -   | delivered 1 | 1 |   0",
                "200 | <html>maintenance</html>          |  -   | delivered 1 | 1 |   0",
                "200 | {'success':true}                  |  -   | delivered 1 | 1 |   0",
                "200 | {'ok':true}                       |  -   | delivered 1 | 1 |   0",
                "200 | {'ok':fa                          |  -   | delivered 1 | 1 |   0",
                "200 | nobody knows                      |  -   | delivered 1 | 1 |   0",
                "200 | -                                 |  -   | delivered 1 | 1 |   0",
                "201 | ok                                |  -   | delivered 1 | 1 |   0",
                "202 | accepted                          |  -   | delivered 1 | 1 |   0",
                "204 | -                                 |  -   | delivered 1 | 1 |   0",
                "200 | invalid_payload                   |  -   | dead 1      | 1 |   0",
                "200 | no_service                        |  -   | dead 1      | 1 |   0",
                "200 | {'ok':false,'error':'invalid_blocks'} | -| dead 1      | 1 |   0",
                "200 | {'ok':false,'error':'of_tomorrow'} |  -  | dead 1      | 1 |   0",
                "200 | {'ok':false}                      |  -   | dead 1      | 1 |   0",
                "200 | {'ok':false,'error':'ratelimited'} | 45  | waiting 0   | 1 |  45",
                "302 | moved                             |  -   | waiting 1   | 2 |   0",
                "400 | invalid_payload                   |  -   | dead 1      | 2 |   0",
                "400 | invalid_blocks                    |  -   | dead 1      | 2 |   0",
                "400 | no_text                           |  -   | dead 1      | 1 |   0",
                "400 | too_many_attachments              |  -   | dead 1      | 1 |   0",
                "400 | user_not_found                    |  -   | dead 1      | 1 |   0",
                "403 | action_prohibited                 |  -   | waiting 0   | 1 | 300",
                "403 | invalid_token                     |  -   | waiting 0   | 1 | 300",
                "403 | posting_to_general_channel_denied |  -   | waiting 0   | 1 | 300",
                "403 | team_disabled                     |  -   | waiting 0   | 1 | 300",
                "404 | channel_not_found                 |  -   | waiting 0   | 1 | 300",
                "404 | no_service                        |  -   | waiting 0   | 1 | 300",
                "404 | no_team                           |  -   | waiting 0   | 1 | 300",
                "410 | channel_is_archived               |  -   | waiting 0   | 1 | 300",
                "403 | <html>blocked</html>              |  -   | waiting 1   | 1 |   0",
                "404 | not found                         |  -   | waiting 1   | 1 |   0",
                "407 | sign in                           |  -   | waiting 1   | 2 |   0",
                "408 | timeout                           |  -   | waiting 1   | 2 |   0",
                "413 | too_large                         |  -   | dead 1      | 1 |   0",
                "429 | rate_limited                      |  45  | waiting 0   | 1 |  45",
                "429 | rate_limited                      |  0   | waiting 0   | 1 |   1",
                "429 | rate_limited                      | soon | waiting 0   | 1 |  30",
                "429 | rate_limited          | 99999999999999   | waiting 0   | 1 | 3600",
                "429 | rate_limited | Thu, 22 Aug 2999 07:00:00 GMT | waiting 0 | 1 | 3600",
                "429 | rate_limited                      |  -   | waiting 0   | 1 |  30",
                "500 | rollup_error                      |  -   | waiting 1   | 2 |   0",
                "502 | bad gateway                       |  -   | waiting 1   | 2 |   0",
                "503 | unavailable                       |  90  | waiting 1   | 2 |   0",
            })
    void each_answer_of_slack_decides_what_becomes_of_a_delivery(
            int status, String body, String retryAfter, String becomes, int requests, int held) {
        sinks.slackAnswers(answer(status, body, retryAfter));
        judge("slack", FakeSinks.SLACK_SECRET, "score-created", becomes, requests, held);
        assertThat(gateway.store()
                        .rows("SELECT reason FROM delivery WHERE reason NOT LIKE '%" + said(status, body) + "%'"))
                .as("the reason is the answer")
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "202 | Event processed      |  -  | delivered 1 | 1 |   0",
                "200 | OK                   |  -  | delivered 1 | 1 |   0",
                "204 | -                    |  -  | delivered 1 | 1 |   0",
                "301 | moved                |  -  | waiting 1   | 2 |   0",
                "400 | invalid event        |  -  | dead 1      | 1 |   0",
                "401 | unauthorized         |  -  | waiting 1   | 1 |   0",
                "403 | forbidden            |  -  | waiting 1   | 1 |   0",
                "404 | not found            |  -  | waiting 1   | 1 |   0",
                "413 | payload too large    |  -  | dead 1      | 1 |   0",
                "429 | rate limit exceeded  |  -  | waiting 0   | 1 |  30",
                "429 | rate limit exceeded  | 120 | waiting 0   | 1 | 120",
                "500 | internal error       |  -  | waiting 1   | 2 |   0",
                "503 | unavailable          |  -  | waiting 1   | 2 |   0",
            })
    void each_answer_of_pagerduty_decides_what_becomes_of_a_delivery(
            int status, String body, String retryAfter, String becomes, int requests, int held) {
        sinks.slackAnswers(answer(200, "ok", null));
        sinks.pagerDutyAnswers(answer(status, body, retryAfter));
        judge("pagerduty", PAGERDUTY, "trace-error", becomes, requests, held);
    }

    @Test
    void what_slack_refuses_with_its_blocks_and_takes_as_plain_text_is_delivered() {
        sinks.slackRefusesBlocks();
        judge("slack", FakeSinks.SLACK_SECRET, "score-created", "delivered 1", 2, 0);
    }

    private void judge(String sink, String path, String event, String becomes, int requests, int held) {
        asked = sinks.requests(path).size();
        gateway.post(RunningGateway.fresh(event));
        String delivery = "SELECT state, attempts FROM delivery WHERE sink = '" + sink + "'";
        await().until(() -> gateway.store().rows(delivery).equals(List.of(becomes))
                && (held == 0 || !gateway.store().rows(destination(sink)).equals(List.of("0")))
                && gateway.store()
                        .rows("SELECT 1 FROM delivery WHERE leased_until > 0")
                        .isEmpty());
        assertThat(sinks.requests(path)).hasSize(asked + requests);
        long until = Long.parseLong(gateway.store().rows(destination(sink)).get(0));
        long now = gateway.clock().millis();
        assertThat(until == 0 ? 0 : (until - now) / 1_000.0).isCloseTo(held, within(held == 0 ? 0 : 4.0));
    }

    /** The answer's word, where it has one. */
    private static String said(int status, String body) {
        Matcher word = Pattern.compile(".*'error':'([a-z_]+)'.*").matcher(String.valueOf(body));
        String said = word.matches() ? word.group(1) : String.valueOf(body).replace("'", "\"");
        return (said.equals("ratelimited") ? 429 : status) + " " + said;
    }

    private static String destination(String sink) {
        return "SELECT held_until FROM destination WHERE sink = '" + sink + "'";
    }

    private static ResponseDefinitionBuilder answer(int status, String body, String retryAfter) {
        ResponseDefinitionBuilder answer = aResponse().withStatus(status);
        if (body != null) {
            answer = answer.withBody(body.replace("'", "\""));
        }
        return retryAfter == null ? answer : answer.withHeader("Retry-After", retryAfter);
    }
}
