package io.fusewire.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.delivery.DeliveryAttempt.Outcome;
import io.fusewire.testing.FakeSlackApi;
import io.fusewire.testing.FakeSlackApi.Posted;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.LogLines;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One message for an incident, edited as it develops, with the details in its thread: by the route of the sink slack. */
class SlackConversationTest {
    private static final FakeSlackApi slack = new FakeSlackApi();

    @RegisterExtension
    static final GatewayExtension gateway =
            new GatewayExtension().with(slack.properties()).with("fusewire.delivery.redeliveries", "0");

    @AfterEach
    void forget() {
        slack.takes();
        slack.messages().forEach(message -> slack.delete(message.ts()));
    }

    @AfterAll
    static void no_published_rule_was_broken() {
        slack.close();
        assertThat(slack.violations()).isEmpty();
    }

    @Test
    void what_opens_an_incident_is_posted_and_what_it_is_called_is_noted() {
        DeliveryAttempt attempt = tell("opened", null);
        Posted message = onlyMessage();
        assertThat(attempt.outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(attempt.reference()).contains("C0LLMALERTS " + message.ts());
        assertThat(slack.thread(message.ts())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"developing", "graver", "still-open", "closed"})
    void what_follows_edits_the_message_and_goes_into_its_thread(String kind) {
        String posted = posted();
        DeliveryAttempt attempt = tell(kind, posted);
        assertThat(attempt.outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(attempt.reference()).contains(posted);
        assertThat(onlyMessage().edits()).isEqualTo(1);
        assertThat(slack.thread(onlyMessage().ts())).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"developing, false", "graver, true", "still-open, true", "closed, false"})
    void what_is_to_be_noticed_is_shown_in_the_channel_too(String kind, boolean shown) {
        tell(kind, posted());
        JsonNode reply = slack.thread(onlyMessage().ts()).get(0).content();
        assertThat(reply.path("reply_broadcast").asBoolean()).isEqualTo(shown);
        assertThat(reply.toString()).contains("1,204");
    }

    @Test
    void an_edit_has_the_bar_and_the_words_of_what_is_true_now() {
        String posted = posted();
        String opened = onlyMessage().content().at("/attachments/0/color").asText();
        tell("closed", posted);
        JsonNode now = onlyMessage().content();
        assertThat(now.at("/attachments/0/color").asText()).startsWith("#").isNotEqualTo(opened);
        assertThat(now.at("/blocks/0/text/text").asText()).startsWith("Closed");
        assertThat(now.path("attachments")).hasSize(1);
    }

    @Test
    void an_opening_that_is_told_again_edits_what_stands() {
        tell("opened", posted());
        assertThat(onlyMessage().edits()).isEqualTo(1);
        assertThat(slack.thread(onlyMessage().ts())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"message_not_found", "cant_update_message", "edit_window_closed"})
    void what_can_not_be_edited_is_posted_anew_and_edited_from_then_on(String error) {
        String first = posted();
        slack.refusesAt("chat.update", error);
        DeliveryAttempt attempt = tell("developing", first);
        assertThat(attempt.outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(slack.messages()).hasSize(2);
        Posted anew = slack.messages().get(1);
        assertThat(attempt.reference()).contains("C0LLMALERTS " + anew.ts());
        assertThat(anew.content().path("attachments")).as("whole").isNotEmpty();
        assertThat(anew.text()).contains("1,204");
        assertThat(slack.thread(anew.ts())).as("it says all").isEmpty();
        slack.takes();
        tell("closed", attempt.reference().orElseThrow());
        assertThat(slack.messages()).extracting(Posted::edits).containsExactly(0, 1);
    }

    @Test
    void a_message_that_somebody_deleted_is_posted_anew() {
        String first = posted();
        slack.delete(first.split(" ")[1]);
        DeliveryAttempt attempt = tell("developing", first);
        assertThat(attempt.reference()).contains("C0LLMALERTS " + onlyMessage().ts());
        assertThat(attempt.reference()).isNotEqualTo(first);
    }

    @Test
    void another_bot_s_message_is_left_and_posted_anew() {
        slack.bot("xoxb-of-another", "B0ANOTHER");
        Posted foreign = slack.postedBy("xoxb-of-another", "what another bot says");
        tell("developing", "C0LLMALERTS " + foreign.ts());
        assertThat(slack.messages()).hasSize(2);
        assertThat(slack.messages().get(0)).isEqualTo(foreign);
    }

    @Test
    void a_message_in_a_channel_that_is_gone_is_posted_to_the_channel_of_today() {
        DeliveryAttempt attempt = tell("developing", "C0FORMERLY 1764050000.000001");
        assertThat(attempt.reference()).contains("C0LLMALERTS " + onlyMessage().ts());
    }

    @ParameterizedTest
    @CsvSource({
        "ratelimited,         HELD, 0",
        "is_archived,         HELD, 1",
        "channel_not_found,   HELD, 1",
        "not_in_channel,      HELD, 0",
        "invalid_auth,        HELD, 0",
        "token_revoked,       HELD, 0",
        "missing_scope,       HELD, 0",
        "internal_error,      LATER, 0",
        "fatal_error,         LATER, 0",
        "service_unavailable, LATER, 0",
        "request_timeout,     LATER, 0",
        "update_failed,       LATER, 0",
        "no_text,             DEAD, 0"
    })
    void an_edit_that_fails_decides_as_a_post_does_and_what_was_posted_is_not_forgotten(
            String error, Outcome becomes, int anew) {
        String posted = posted();
        int before = slack.calls().size();
        slack.refuses(error);
        DeliveryAttempt attempt = tell("developing", posted);
        assertThat(attempt.outcome()).isEqualTo(becomes);
        assertThat(attempt.reason()).endsWith(error);
        assertThat(attempt.reference()).contains(posted);
        assertThat(slack.calls()).hasSize(before + 1 + anew);
        assertThat(onlyMessage().edits()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_blocks", "msg_too_long", "msg_blocks_too_long"})
    void an_edit_whose_blocks_are_refused_is_plain_text_without_the_old_blocks(String error) {
        String posted = posted();
        assertThat(onlyMessage().content().path("blocks")).isNotEmpty();
        slack.refusesBlocks(error);
        assertThat(tell("developing", posted).outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(onlyMessage().content().has("blocks")).isFalse();
        assertThat(onlyMessage().content().has("attachments")).isFalse();
        assertThat(onlyMessage().edits()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cannot_reply_to_message", "thread_locked", "restricted_action_non_threadable_channel"})
    void a_thread_that_takes_nothing_leaves_the_message_told(String error) {
        String posted = posted();
        slack.refusesAt("reply", error);
        try (LogLines log = new LogLines()) {
            assertThat(tell("developing", posted).outcome()).isEqualTo(Outcome.DELIVERED);
            assertThat(log.text()).contains("its thread takes no details");
        }
        assertThat(onlyMessage().edits()).isEqualTo(1);
    }

    @Test
    void a_reply_that_may_pass_is_tried_again_with_its_edit() {
        String posted = posted();
        slack.refusesAt("reply", "internal_error");
        assertThat(tell("developing", posted).outcome()).isEqualTo(Outcome.LATER);
        slack.takes();
        assertThat(tell("developing", posted).outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(onlyMessage().edits()).isEqualTo(2);
        assertThat(slack.thread(onlyMessage().ts())).hasSize(1);
    }

    @Test
    void a_post_whose_answer_was_lost_leaves_no_name_behind() {
        slack.losesAnswers();
        DeliveryAttempt attempt = tell("opened", null);
        assertThat(attempt.outcome()).isEqualTo(Outcome.LATER);
        assertThat(attempt.reference()).isEmpty();
        assertThat(slack.messages()).hasSize(1);
    }

    @Test
    void an_edit_whose_answer_was_lost_is_made_again_on_the_same_message() {
        String posted = posted();
        slack.losesAnswers();
        DeliveryAttempt attempt = tell("closed", posted);
        assertThat(attempt.outcome()).isEqualTo(Outcome.LATER);
        slack.takes();
        tell("closed", attempt.reference().orElseThrow());
        assertThat(onlyMessage().edits()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ok\":true}",
                "{\"ok\":true,\"ts\":\"1764050000.000001\"}",
                "{\"ok\":true,\"channel\":\"C0LLMALERTS\"}",
                "{\"ok\":true,\"channel\":\"C0LLMALERTS\",\"ts\":1764050000}",
                "{\"ok\":true,\"channel\":\"#llm-alerts\",\"ts\":\"1764050000.000001\"}",
                "{\"ok\":true,\"channel\":\"C0LLMALERTS\",\"ts\":\"1764050000.000001 and more\"}"
            })
    void a_message_that_was_taken_without_a_good_name_is_told_and_not_edited(String answer) {
        slack.answersOnce(200, null, answer);
        DeliveryAttempt attempt = tell("opened", null);
        assertThat(attempt.outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(attempt.reference()).isEmpty();
    }

    /** Posts a message and gives what it is called. */
    private static String posted() {
        return tell("opened", null).reference().orElseThrow();
    }

    private static Posted onlyMessage() {
        assertThat(slack.messages()).hasSize(1);
        return slack.messages().get(0);
    }

    private static DeliveryAttempt tell(String kind, String reference) {
        return ToldSink.tell(gateway, kind, reference);
    }
}
