package io.fusewire.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.harness.StormLedger.Storm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Storms of which something was told wrongly: the ledger must say what. */
class StormLedgerTest {
    private static final List<String> ERRORS = List.of("Timeout while calling", "RateLimitError", "ContextOverflow");

    /** Slack is down from second 90 to 210 of 300. */
    private static final Storm STORM = new Storm(
            List.of(34L, 33L, 33L),
            Duration.ofSeconds(300),
            Duration.ofSeconds(30),
            5,
            at(210),
            List.of(20L, 20L, 20L));

    private final StormLedger ledger = new StormLedger();
    private final List<JsonNode> open = new ArrayList<>();
    private final List<JsonNode> closed = new ArrayList<>();

    @Test
    void a_storm_that_was_told_as_promised_has_no_fault() {
        all();
        assertThat(faults()).isEmpty();
        assertThat(ledger.slackMessages()).isEqualTo(27);
        assertThat(ledger.pagerDutyEvents()).isEqualTo(12);
    }

    @Test
    void what_is_repeated_after_a_kill_is_no_fault() {
        all();
        resolve(340, 1);
        assertThat(faults()).isEmpty();
    }

    @Test
    void an_alert_that_was_not_counted_is_missed() {
        all();
        closed.set(1, incident(32));
        assertThat(faults()).containsExactly("the incidents count [32, 33, 34], and [33, 33, 34] were sent");
    }

    @Test
    void an_incident_too_many_is_noticed_and_one_of_another_rule_is_not() {
        all();
        closed.add(incident("low-score", 7));
        assertThat(faults()).isEmpty();
        closed.add(incident(1));
        assertThat(faults()).containsExactly("the incidents count [1, 33, 33, 34], and [33, 33, 34] were sent");
    }

    @Test
    void an_incident_that_stays_open_is_noticed() {
        all();
        open.add(incident(34));
        assertThat(faults()).containsExactly("1 incidents are still open");
    }

    @Test
    void an_incident_that_opens_twice_at_pagerduty_is_noticed() {
        all();
        trigger(350, 2, 33);
        resolve(390, 2);
        assertThat(faults()).containsExactly("pagerduty, k2: opened 2 times, closed 2 times");
    }

    @Test
    void an_incident_that_pagerduty_keeps_open_is_noticed() {
        tell(0);
        tell(1);
        slackOf(2);
        trigger(1, 2, 1);
        trigger(31, 2, 33);
        counted();
        assertThat(faults()).containsExactly("pagerduty, k2: opened 1 times, closed 0 times");
    }

    @Test
    void a_resolve_that_overtakes_its_trigger_is_noticed() {
        tell(0);
        tell(1);
        slackOf(2);
        resolve(1, 2);
        trigger(2, 2, 33);
        counted();
        assertThat(faults())
                .containsExactly(
                        "pagerduty, k2: resolved before it was opened",
                        "pagerduty, k2: opened 1 times, closed 0 times");
    }

    @Test
    void a_count_that_falls_or_is_too_high_or_missing_is_noticed() {
        slackOf(0);
        slackOf(1);
        slackOf(2);
        trigger(1, 0, 5);
        trigger(31, 0, 4);
        resolve(340, 0);
        trigger(1, 1, 34);
        resolve(340, 1);
        pagerDuty(1, 2, "\"trigger\",\"payload\":{\"summary\":\"ContextOverflow\"}");
        resolve(340, 2);
        counted();
        assertThat(faults())
                .containsExactly(
                        "pagerduty, k0: 4 after 5",
                        "pagerduty, k1: 34 are more than came",
                        "pagerduty, k2: the last trigger tells no count");
    }

    @Test
    void causes_that_share_an_incident_are_noticed() {
        slackOf(0);
        slackOf(1);
        slackOf(2);
        trigger(1, 0, 1);
        pagerDuty(31, 0, "\"trigger\",\"payload\":{\"summary\":\"RateLimitError\",\"custom_details\":{\"count\":9}}");
        resolve(340, 0);
        trigger(1, 2, 1);
        resolve(340, 2);
        counted();
        assertThat(faults()).containsExactly("pagerduty has 2 keys, not 3", "pagerduty, k0: of the kinds [0, 1]");
    }

    @Test
    void too_many_messages_at_slack_are_noticed() {
        all();
        for (int i = 0; i < 10; i++) {
            slack(341 + i, "closed");
        }
        assertThat(faults()).containsExactly("37 messages at slack, at most 36 are due");
    }

    @Test
    void a_backlog_that_follows_an_outage_is_noticed() {
        all();
        for (int i = 0; i < 7; i++) {
            slack(216 + i, ERRORS.get(1) + ": 21 in 4 min");
        }
        assertThat(faults()).containsExactly("8 messages at slack before their interval was over");
    }

    @Test
    void a_message_that_is_stale_when_it_is_sent_is_noticed() {
        tell(0);
        tell(1);
        pagerDutyOf(2);
        slack(1, ERRORS.get(2));
        slack(31, ERRORS.get(2) + ": 5 in 30 s");
        slack(215, ERRORS.get(2) + ": 19 in 3 min");
        slack(340, ERRORS.get(2) + ": 33 in 5 min");
        counted();
        assertThat(faults()).containsExactly("slack, back again, was told of 19 of kind 2; 20 were known");
    }

    @Test
    void an_incident_that_slack_was_not_told_of_is_noticed() {
        tell(0);
        tell(1);
        pagerDutyOf(2);
        counted();
        assertThat(faults())
                .containsExactly(
                        "slack was not told that kind 2 began and ended",
                        "slack, back again, was told of -1 of kind 2; 20 were known");
    }

    @Test
    void calls_that_come_too_fast_for_a_sink_are_noticed() {
        all();
        for (int i = 0; i < 121; i++) {
            resolve(341, 0);
        }
        assertThat(faults()).containsExactly("pagerduty: more than 120 in a minute");
    }

    private List<String> faults() {
        return ledger.faults(STORM, open, closed);
    }

    private void all() {
        tell(0);
        tell(1);
        tell(2);
        counted();
    }

    private void counted() {
        closed.addAll(List.of(incident(34), incident(33), incident(33)));
    }

    private void tell(int kind) {
        slackOf(kind);
        pagerDutyOf(kind);
    }

    private void slackOf(int kind) {
        slack(1, ERRORS.get(kind) + " https://api.openai.com after 12 ms");
        for (int second : new int[] {31, 61, 91, 215, 245, 275, 305}) {
            slack(second, ERRORS.get(kind) + ": " + second / 10 + " in " + second + " s");
        }
        slack(340, ERRORS.get(kind) + ": 33 in 5 min, closed");
    }

    private void pagerDutyOf(int kind) {
        trigger(1, kind, 1);
        trigger(31, kind, 4);
        trigger(61, kind, 33);
        resolve(340, kind);
    }

    private void slack(int second, String text) {
        ledger.slack("{\"text\":\"" + text + "\"}", at(second));
    }

    private void trigger(int second, int kind, int count) {
        pagerDuty(
                second,
                kind,
                "\"trigger\",\"payload\":{\"summary\":\"%s\",\"custom_details\":{\"count\":%d}}"
                        .formatted(ERRORS.get(kind), count));
    }

    private void resolve(int second, int kind) {
        pagerDuty(second, kind, "\"resolve\"");
    }

    private void pagerDuty(int second, int key, String rest) {
        ledger.pagerDuty("{\"dedup_key\":\"k" + key + "\",\"event_action\":" + rest + "}", at(second));
    }

    private static JsonNode incident(int count) {
        return incident("trace-error", count);
    }

    private static JsonNode incident(String rule, int count) {
        return new ObjectMapper().createObjectNode().put("rule", rule).put("count", count);
    }

    private static long at(int second) {
        return Duration.ofSeconds(second).toNanos();
    }
}
