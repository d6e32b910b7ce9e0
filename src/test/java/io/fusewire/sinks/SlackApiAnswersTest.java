package io.fusewire.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.FakeSlackApi;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every answer that Slack's Web API is known to give to a post, and what becomes of the delivery; one row an answer. */
class SlackApiAnswersTest {
    private static final String DELIVERY = "SELECT state, attempts FROM delivery WHERE sink = 'slack'";
    private static final String HELD = "SELECT held_until FROM destination WHERE sink = 'slack'";

    private static final FakeSlackApi slack = new FakeSlackApi();

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension(new FakeSinks())
            .without("sinks.slack.webhook-url")
            .with(slack.properties());

    private int asked;

    @AfterEach
    void forget() {
        gateway.store().change("DELETE FROM delivery");
        gateway.store().change("UPDATE destination SET busy_until = 0, held_until = 0, failures = 0, resting = 0");
        slack.takes();
    }

    @AfterAll
    static void no_published_rule_was_broken() {
        slack.close();
        assertThat(slack.violations()).isEmpty();
    }

    /** Requests: the first, a quick redelivery where the failure may pass, a second try as plain text. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "ratelimited             | 45 | answered 429 ratelimited             | waiting 0 | 1 |  45",
                "ratelimited             |  - | answered 429 ratelimited             | waiting 0 | 1 |  30",
                "rate_limited            |  7 | answered 429 rate_limited            | waiting 0 | 1 |   7",
                "message_limit_exceeded  |  - | answered 429 message_limit_exceeded  | waiting 0 | 1 |  30",
                "msg_too_long            |  - | answered 400 msg_too_long            | dead 1    | 2 |   0",
                "msg_blocks_too_long     |  - | answered 400 msg_blocks_too_long     | dead 1    | 2 |   0",
                "invalid_blocks          |  - | answered 400 invalid_blocks          | dead 1    | 2 |   0",
                "invalid_blocks_format   |  - | answered 400 invalid_blocks_format   | dead 1    | 2 |   0",
                "invalid_arguments       |  - | answered 400 invalid_arguments       | dead 1    | 2 |   0",
                "too_many_attachments    |  - | answered 400 too_many_attachments    | dead 1    | 2 |   0",
                "no_text                 |  - | answered 400 no_text                 | dead 1    | 1 |   0",
                "is_archived             |  - | answered 410 is_archived             | waiting 0 | 1 | 300",
                "is_inactive             |  - | answered 410 is_inactive             | waiting 0 | 1 | 300",
                "channel_not_found       |  - | answered 404 channel_not_found       | waiting 0 | 1 | 300",
                "not_in_channel          |  - | answered 403 not_in_channel          | waiting 0 | 1 | 300",
                "restricted_action       |  - | answered 403 restricted_action       | waiting 0 | 1 | 300",
                "missing_scope           |  - | answered 403 missing_scope           | waiting 0 | 1 | 300",
                "team_access_not_granted |  - | answered 403 team_access_not_granted | waiting 0 | 1 | 300",
                "not_authed              |  - | answered 401 not_authed              | waiting 0 | 1 | 300",
                "invalid_auth            |  - | answered 401 invalid_auth            | waiting 0 | 1 | 300",
                "account_inactive        |  - | answered 401 account_inactive        | waiting 0 | 1 | 300",
                "token_revoked           |  - | answered 401 token_revoked           | waiting 0 | 1 | 300",
                "token_expired           |  - | answered 401 token_expired           | waiting 0 | 1 | 300",
                "internal_error          |  - | answered 200 internal_error          | waiting 1 | 2 |   0",
                "fatal_error             |  - | answered 200 fatal_error             | waiting 1 | 2 |   0",
                "service_unavailable     | 90 | answered 200 service_unavailable     | waiting 1 | 2 |   0",
                "request_timeout         |  - | answered 200 request_timeout         | waiting 1 | 2 |   0",
                "an_error_of_tomorrow    |  - | answered 200 an_error_of_tomorrow    | waiting 1 | 2 |   0",
            })
    void each_error_decides_what_becomes_of_a_delivery(
            String error, String retryAfter, String reason, String becomes, int requests, int held) {
        slack.refuses(error, retryAfter);
        judge(becomes, requests, held);
        assertThat(gateway.store().rows("SELECT reason FROM delivery WHERE sink = 'slack'"))
                .containsExactly(reason);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "200 | ok                                             |  - | delivered 1 | 1 |   0",
                "200 | <html>maintenance</html>                       |  - | delivered 1 | 1 |   0",
                "200 | ''                                             |  - | delivered 1 | 1 |   0",
                "200 | null                                           |  - | delivered 1 | 1 |   0",
                "200 | []                                             |  - | delivered 1 | 1 |   0",
                "200 | {}                                             |  - | delivered 1 | 1 |   0",
                "200 | {\"ok\":\"true\"}                              |  - | delivered 1 | 1 |   0",
                "200 | {\"ok\":false,\"error\":7}                     |  - | waiting 1   | 2 |   0",
                "200 | {\"ok\":true,\"channel\":\"C1\",\"ts\":\"1.2\" |  - | delivered 1 | 1 |   0",
                "201 | {\"ok\":true}                                  |  - | delivered 1 | 1 |   0",
                "302 | moved                                          |  - | waiting 1   | 2 |   0",
                "404 | not found                                      |  - | waiting 1   | 1 |   0",
                "408 | timeout                                        |  - | waiting 1   | 2 |   0",
                "413 | too large                                      |  - | dead 1      | 1 |   0",
                "429 | {\"ok\":false,\"error\":\"ratelimited\"}       | 12 | waiting 0   | 1 |  12",
                "500 | {\"ok\":true}                                  |  - | waiting 1   | 2 |   0",
                "503 | unavailable                                    | 90 | waiting 1   | 2 |   0",
                "200 | {\"ok\":true}                                  |  - | delivered 1 | 1 |   0",
            })
    void what_was_answered_by_a_success_is_posted_once_unless_it_says_that_it_is_none(
            int status, String body, String retryAfter, String becomes, int requests, int held) {
        slack.answers(status, retryAfter, body);
        judge(becomes, requests, held);
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_blocks",
        "msg_blocks_too_long",
        "too_many_attachments",
        "attachment_payload_limit_exceeded",
        "'invalid_blocks\",\"response_metadata\":{\"messages\":[\"[ERROR] one line\\n and another\"]},\"warning\":\"w'"
    })
    void what_is_refused_with_its_blocks_and_taken_as_plain_text_is_delivered(String error) {
        slack.refusesBlocks(error);
        judge("delivered 1", 2, 0);
        assertThat(slack.messages().get(slack.messages().size() - 1).content()).noneMatch(JsonNode::isContainerNode);
    }

    @Test
    void the_reason_tells_what_lacks_and_what_is_wrong() {
        slack.answers(
                200,
                null,
                """
                {"ok":false,"error":"missing_scope","needed":"chat:write","provided":"users:read",
                 "response_metadata":{"messages":["[ERROR] a new bot is needed"]}}""");
        judge("waiting 0", 1, 300);
        assertThat(gateway.store().rows("SELECT reason FROM delivery WHERE sink = 'slack'"))
                .containsExactly("answered 403 missing_scope (needed: chat:write) [ERROR] a new bot is needed");
        assertThat(gateway.management("GET", "/observe/health/ready?data=true").body())
                .contains("held.slack.default", "missing_scope");
    }

    @Test
    void a_post_whose_answer_was_lost_is_posted_again() {
        int before = slack.messages().size();
        slack.losesAnswers();
        judge("waiting 1", 2, 0);
        assertThat(slack.messages()).hasSize(before + 2);
    }

    private void judge(String becomes, int requests, int held) {
        asked = slack.calls().size();
        gateway.post(RunningGateway.fresh("score-created"));
        await().until(() -> gateway.store().rows(DELIVERY).equals(List.of(becomes))
                && (held == 0 || !gateway.store().rows(HELD).equals(List.of("0")))
                && gateway.store()
                        .rows("SELECT 1 FROM delivery WHERE leased_until > 0")
                        .isEmpty());
        assertThat(slack.calls()).hasSize(asked + requests);
        long until = Long.parseLong(gateway.store().rows(HELD).get(0));
        long now = gateway.clock().millis();
        assertThat(until == 0 ? 0 : (until - now) / 1_000.0).isCloseTo(held, within(held == 0 ? 0 : 4.0));
    }
}
