package io.fusewire.poll.client;

import static io.fusewire.fakes.LangfuseShapes.generation;
import static io.fusewire.fakes.LangfuseShapes.score;
import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.fakes.LangfuseApi;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often it asks: within the limits of Langfuse's smallest plan, which are an organisation's as a whole. */
class PollPaceTest {
    private static final int HOBBY = 30;

    @RegisterExtension
    final PolledProject project = new PolledProject();

    @Test
    void a_poll_at_rest_asks_five_times_a_minute() {
        project.api.limit(HOBBY);
        project.run(Duration.ofHours(2));
        assertThat(project.outcomes).containsOnly("answered");
        // The health, 120 turns of five requests, and the two sweeps of errors and scores.
        assertThat(project.api.asked()).hasSizeBetween(598, 612);
        assertThat(mostInAMinute(project.api.asked())).isLessThanOrEqualTo(8);
    }

    @Test
    void a_first_drain_of_a_day_takes_its_time() {
        project.lookback(Duration.ofHours(24));
        project.api.limit(HOBBY);
        Instant day = PolledProject.BEGIN.minus(Duration.ofHours(24));
        for (int i = 0; i < 20_000; i++) {
            Instant start = day.plusMillis(i * 4_320L);
            project.api.observation(
                    start, generation("g" + i, start, start.plusSeconds(2), i % 20 == 0 ? "ERROR" : "DEFAULT"));
            if (i % 10 == 0) {
                project.api.score(start, score("s" + i, start, 0.3, start));
            }
        }
        while (project.poll().lag(Feed.SCORES).isEmpty()
                || project.poll().lag(Feed.SCORES).get().compareTo(Duration.ofMinutes(2)) > 0
                || project.poll().lag(Feed.GENERATIONS).get().compareTo(Duration.ofMinutes(2)) > 0) {
            project.run(Duration.ofSeconds(1));
        }
        assertThat(project.outcomes).containsOnly("answered");
        assertThat(mostInAMinute(project.api.asked())).isLessThanOrEqualTo(24);
        assertThat(project.keptOf("generation.created")).hasSize(20_000);
        assertThat(project.keptOf("trace.updated")).hasSize(1_000);
        assertThat(project.keptOf("score.created")).hasSize(2_000);
        assertThat(Duration.between(PolledProject.BEGIN, project.clock.instant()))
                .isBetween(Duration.ofSeconds(230), Duration.ofSeconds(250));
    }

    @Test
    void a_poll_of_an_old_server_asks_half_as_often() {
        project.lookback(Duration.ofHours(24));
        project.api.generation(LangfuseApi.Generation.LEGACY);
        project.api.limit(HOBBY);
        for (int i = 0; i < 3_000; i++) {
            Instant start = PolledProject.BEGIN.minusSeconds(28 * i);
            project.api.observation(start, generation("g" + i, start, start, "DEFAULT"));
        }
        project.run(Duration.ofMinutes(30));
        assertThat(project.outcomes).doesNotContain("rate_limited");
        assertThat(mostInAMinute(project.api.asked().stream()
                        .filter(asked -> asked.path().equals("/api/public/observations"))
                        .toList()))
                .isLessThanOrEqualTo(12);
        assertThat(project.keptOf("generation.created")).hasSize(3_000);
    }

    @Test
    void a_429_is_honoured() {
        project.step();
        project.api.answerOnce(any -> true, new LangfuseApi.Answer(429, Map.of("Retry-After", "45"), new byte[0]));
        assertThat(project.step()).isTrue();
        assertThat(project.outcomes).endsWith("rate_limited");
        project.clock.forward(Duration.ofSeconds(44));
        assertThat(project.step()).isFalse();
        project.clock.forward(Duration.ofSeconds(1));
        assertThat(project.step()).isTrue();
        assertThat(project.outcomes).endsWith("answered");
        assertThat(project.poll().trouble()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5"})
    void a_429_that_asks_for_no_wait_gets_a_minute(String seconds) {
        project.step();
        project.api.answerOnce(any -> true, new LangfuseApi.Answer(429, Map.of("Retry-After", seconds), new byte[0]));
        project.step();
        project.clock.forward(Duration.ofSeconds(59));
        assertThat(project.step()).isFalse();
        project.clock.forward(Duration.ofSeconds(1));
        assertThat(project.step()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3601", "86400", "99999999999999", "9223372036854775807"})
    void no_429_silences_a_poll_for_longer_than_an_hour(String seconds) {
        project.step();
        project.api.answerOnce(any -> true, new LangfuseApi.Answer(429, Map.of("Retry-After", seconds), new byte[0]));
        project.step();
        project.clock.forward(Duration.ofMinutes(59));
        assertThat(project.step()).isFalse();
        project.clock.forward(Duration.ofMinutes(1));
        assertThat(project.step()).isTrue();
        assertThat(project.outcomes).endsWith("rate_limited", "answered");
    }

    private static int mostInAMinute(List<LangfuseApi.Asked> asked) {
        int most = 0;
        for (int first = 0, last = 0; last < asked.size(); last++) {
            while (!asked.get(first)
                    .at()
                    .plusSeconds(60)
                    .isAfter(asked.get(last).at())) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }
}
