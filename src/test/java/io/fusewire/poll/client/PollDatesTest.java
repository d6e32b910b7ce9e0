package io.fusewire.poll.client;

import static io.fusewire.fakes.LangfuseShapes.generation;
import static io.fusewire.fakes.LangfuseShapes.score;
import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.fakes.LangfuseApi.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dates of a server's answers, some of which are wrong, cost no row. */
class PollDatesTest {
    /** Until the year 2999. */
    private static final String AGES = "P355000D";

    @RegisterExtension
    final PolledProject project = new PolledProject();

    @ParameterizedTest
    @ValueSource(strings = {"PT6M", "PT40H", "-PT40H", "P3D", "-P3D", AGES, "-P20000D"})
    void one_wrong_date_moves_nothing(String off) {
        project.run(Duration.ofMinutes(5));
        project.lies.add(Duration.parse(off));
        project.run(Duration.ofMinutes(5));
        assertSound();
        project.restart();
        rowsOfAnHour();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT6M", "PT40H", "-PT40H", "P3D", "-P3D", AGES, "-P20000D"})
    void a_first_date_that_is_wrong_moves_nothing(String off) {
        project.lies.add(Duration.parse(off));
        rowsOfAnHour();
        assertSound();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT40H", "-PT40H", AGES})
    void every_second_date_that_is_wrong_moves_nothing(String off) {
        for (int i = 0; i < 500; i++) {
            project.lies.add(Duration.ZERO);
            project.lies.add(Duration.parse(off));
        }
        rowsOfAnHour();
        assertThat(project.poll().lag(Feed.ERRORS).orElseThrow()).isBetween(Duration.ZERO, Duration.ofMinutes(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P3D", AGES, "-P20000D"})
    void dates_that_are_days_off_are_never_believed_and_said(String off) {
        project.lies.addAll(Collections.nCopies(1_000, Duration.parse(off)));
        rowsOfAnHour();
        assertThat(project.poll().trouble()).hasValueSatisfying(said -> assertThat(said)
                .startsWith("Langfuse says that it is ")
                .endsWith(", days off our clock, and isn't believed"));
        assertThat(project.poll().lag(Feed.ERRORS).orElseThrow()).isBetween(Duration.ZERO, Duration.ofMinutes(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404})
    void a_server_without_health_or_a_date_in_it_whose_clock_is_off_is_polled(int status) {
        try (PolledProject other = new PolledProject(Duration.ofHours(-3))) {
            Instant there = PolledProject.BEGIN.minus(Duration.ofHours(3));
            other.api.answerAlways(asked -> asked.contains("health"), Answer.of(status, "{}"));
            other.api.observation(there, generation("g", there, there, "ERROR"));
            other.run(Duration.ofMinutes(10));
            assertThat(other.keptOf("trace.updated")).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "watermark = watermark + 259200000",
        "'watermark = watermark + 259200000, drained_at = drained_at + 259200000'",
        "'origin = 32500000000000, watermark = 32500000000000, drained_at = 32500000000000, tailed_at = 32500000000000'",
        "'tailed_at = 32500000000000, swept_at = 32500000000000'",
    })
    void what_is_stored_for_the_future_is_doubted(String wrong) {
        project.run(Duration.ofMinutes(5));
        project.storeFile().change("UPDATE poll SET " + wrong);
        project.restart();
        rowsOfAnHour();
        assertSound();
    }

    @Test
    void what_came_while_a_wrong_date_was_believed_is_asked_for_again() {
        project.run(Duration.ofMinutes(5));
        project.lies.addAll(Collections.nCopies(40, Duration.ofHours(40)));
        project.run(Duration.ofMinutes(3));
        rowsOfAnHour();
        assertSound();
    }

    /** Rows come for an hour, and all of them are found. */
    private void rowsOfAnHour() {
        int before = project.keptOf("trace.updated").size();
        Instant begin = project.clock.instant();
        for (int minute = 0; minute < 60; minute++) {
            Instant time = begin.plus(Duration.ofMinutes(minute));
            project.api.observation(time, generation("g" + time, time, time, "ERROR"));
            project.api.score(time, score("s" + time, time, 0.3, time));
        }
        project.run(Duration.ofMinutes(70));
        assertThat(project.keptOf("trace.updated")).hasSize(before + 60);
        assertThat(project.keptOf("score.created")).hasSize(before + 60);
    }

    private void assertSound() {
        assertThat(project.poll().trouble()).isEmpty();
        assertThat(project.poll().lag(Feed.ERRORS).orElseThrow()).isBetween(Duration.ZERO, Duration.ofMinutes(3));
        assertThat(
                        project.storeFile()
                                .rows(
                                        "SELECT max(watermark, drained_at, tailed_at, swept_at, origin) FROM poll ORDER BY 1 DESC"))
                .allSatisfy(latest -> assertThat(Long.parseLong(latest))
                        .isLessThanOrEqualTo(project.clock.instant().toEpochMilli()));
    }
}
