package io.fusewire.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Histories in which something is wrong: the verdict must say what. */
class VerdictTest {
    private final EventMix mix = new EventMix(7);
    private final History history = new History();

    @Test
    void what_arrived_once_is_all_right() {
        IntStream.range(0, 2_000).forEach(this::accept);
        IntStream.range(0, 2_000).forEach(this::arrive);
        Verdict verdict = Verdict.of(history);
        assertThat(verdict.complete()).isTrue();
        assertThat(verdict.doubled()).isZero();
        assertThat(verdict.disorder()).isEmpty();
    }

    @Test
    void what_was_answered_and_did_not_arrive_is_lost_and_named_with_its_sink() {
        accept(0);
        assertThat(Verdict.of(history).lost())
                .containsExactly(mix.event(0).token() + " (slack)", mix.event(0).token() + " (pagerduty trigger)");
        history.slackTook(mix.event(0).token());
        assertThat(Verdict.of(history).lost()).containsExactly(mix.event(0).token() + " (pagerduty trigger)");
    }

    @Test
    void what_was_not_answered_is_not_lost() {
        history.unanswered(mix.event(0), List.of("503"));
        assertThat(Verdict.of(history).complete()).isTrue();
    }

    @Test
    void a_second_message_is_doubled_and_a_second_trigger_is_not() {
        accept(0);
        arrive(0);
        arrive(0);
        assertThat(Verdict.of(history).doubled()).isEqualTo(1);
        assertThat(Verdict.of(history).disorder()).isEmpty();
    }

    @Test
    void a_recovery_before_its_alert_is_out_of_order() {
        int recovery = IntStream.range(0, 2_000)
                .filter(number -> mix.event(number)
                        .pagerDuty()
                        .map(change -> change.action().equals("resolve"))
                        .orElse(false))
                .findFirst()
                .orElseThrow();
        SampleEvent.IncidentChange change = mix.event(recovery).pagerDuty().orElseThrow();
        accept(recovery);
        history.pagerDutyTook(change.incident(), "resolve");
        history.pagerDutyTook(change.incident(), "trigger");
        assertThat(Verdict.of(history).disorder()).containsExactly(change.incident());
    }

    private void accept(int number) {
        history.accepted(mix.event(number), 1);
    }

    private void arrive(int number) {
        SampleEvent event = mix.event(number);
        if (event.slack()) {
            history.slackTook(event.token());
        }
        event.pagerDuty().ifPresent(change -> history.pagerDutyTook(change.incident(), change.action()));
    }
}
