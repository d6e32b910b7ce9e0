package io.fusewire.poll.client;

import static io.fusewire.fakes.LangfuseShapes.generation;
import static io.fusewire.fakes.LangfuseShapes.score;
import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.fakes.LangfuseApi;
import io.fusewire.testing.StoreFile;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing is missed and nothing is doubled, however late a row comes and however often the gateway dies. */
class PollCompletenessTest {
    private static final Instant BEGIN = PolledProject.BEGIN;

    @RegisterExtension
    final PolledProject project = new PolledProject();

    @Test
    void late_rows_and_long_spans_are_all_found_over_restarts() {
        late(new Random(7), 4_000, Duration.ofHours(6));
        for (int restart = 0; restart < 14; restart++) {
            project.run(Duration.ofMinutes(30).plusSeconds(restart * 7));
            project.restart();
        }
        assertAll(4_000);
    }

    @Test
    void late_rows_of_an_old_server_are_all_found() {
        project.api.generation(LangfuseApi.Generation.LEGACY);
        late(new Random(11), 1_000, Duration.ofHours(3));
        project.run(Duration.ofHours(5));
        assertAll(1_000);
    }

    @Test
    void clocks_that_disagree_lose_nothing() {
        for (Duration ahead : new Duration[] {Duration.ofMinutes(10), Duration.ofMinutes(-10), Duration.ofHours(-30)}) {
            try (PolledProject project = new PolledProject(ahead)) {
                Instant there = BEGIN.plus(ahead);
                for (int i = 0; i < 300; i++) {
                    Instant start = there.plusSeconds(6 * i);
                    project.api.observation(
                            start.plusSeconds(3), generation("g" + i, start, start.plusSeconds(1), "ERROR"));
                }
                project.run(Duration.ofMinutes(40));
                assertThat(project.keptOf("generation.created"))
                        .as("%s ahead", ahead)
                        .hasSize(300);
                assertThat(project.keptOf("trace.updated")).hasSize(300);
            }
        }
    }

    @Test
    void a_row_that_comes_hours_late_is_found_by_the_sweep() {
        project.run(Duration.ofMinutes(5));
        Instant start = BEGIN.plusSeconds(60);
        Instant arrives = BEGIN.plus(Duration.ofHours(3));
        project.api.observation(arrives, generation("late", start, start.plusSeconds(1), "ERROR"));
        project.api.score(arrives, score("late", start, 0.1, start));
        project.run(Duration.ofHours(5));
        assertThat(project.keptOf("trace.updated")).hasSize(1);
        assertThat(project.keptOf("score.created")).hasSize(1);
    }

    @Test
    void a_score_that_changes_is_told_once_as_new_and_once_as_changed() {
        Instant time = BEGIN.minusSeconds(60);
        project.api.score(BEGIN, score("s", time, 0.9, time));
        project.run(Duration.ofMinutes(5));
        Instant changed = project.clock.instant();
        project.api.score(changed, score("s", time, 0.2, changed));
        project.run(Duration.ofMinutes(10));
        assertThat(project.keptOf("score.created")).hasSize(1);
        assertThat(project.keptOf("score.updated"))
                .containsExactly("score.updated|project=" + LangfuseApi.PROJECT + "|score=s|updated=" + changed);
        assertThat(project.seen).isPositive();
    }

    @Test
    void while_the_store_is_away_the_same_page_is_asked_again() {
        project.api.observation(BEGIN, generation("g", BEGIN.minusSeconds(9), BEGIN.minusSeconds(8), "ERROR"));
        project.storeIsAway = true;
        project.run(Duration.ofMinutes(3));
        assertThat(project.kept).isEmpty();
        assertThat(project.outcomes).contains("not_stored");
        project.storeIsAway = false;
        project.run(Duration.ofMinutes(3));
        assertThat(project.keptOf("trace.updated")).hasSize(1);
        assertThat(project.keptOf("generation.created")).hasSize(1);
    }

    @Test
    void while_progress_cannot_be_noted_the_same_window_is_asked_again() {
        project.run(Duration.ofMinutes(1));
        StoreFile store = project.storeFile();
        store.change("ALTER TABLE poll RENAME TO gone");
        Instant start = project.clock.instant();
        project.api.observation(start, generation("g", start, start, "ERROR"));
        project.run(Duration.ofMinutes(5));
        assertThat(project.outcomes).contains("not_stored");
        assertThat(project.poll().trouble()).isPresent();
        store.change("ALTER TABLE gone RENAME TO poll");
        project.run(Duration.ofMinutes(5));
        assertThat(project.poll().trouble()).isEmpty();
        assertThat(project.keptOf("trace.updated")).hasSize(1);
        assertThat(project.poll().lag(Feed.ERRORS).orElseThrow()).isLessThan(Duration.ofMinutes(2));
    }

    @Test
    void a_poll_neither_starts_blind_nor_floods() {
        project.api.observation(
                BEGIN, generation("old", BEGIN.minusSeconds(16 * 60), BEGIN.minusSeconds(15 * 60 + 1), "ERROR"));
        project.api.observation(
                BEGIN, generation("young", BEGIN.minusSeconds(14 * 60), BEGIN.minusSeconds(60), "ERROR"));
        project.run(Duration.ofHours(2));
        assertThat(project.keptOf("trace.updated"))
                .hasSize(1)
                .first()
                .asString()
                .contains("young");
    }

    /** Rows up to 15 minutes late, a tenth of them of spans of 40 minutes; each the only one of its kind and number. */
    private void late(Random random, int count, Duration over) {
        for (int i = 0; i < count; i++) {
            Instant end = BEGIN.plusMillis((long) (random.nextDouble() * over.toMillis()));
            Instant start = end.minusSeconds(i % 10 == 0 ? 2_400 : 2);
            Instant arrives = end.plusMillis((long) (random.nextDouble() * 900_000));
            if (i % 4 == 3) {
                project.api.score(arrives, score("s" + i, end, 0.3, end));
            } else {
                project.api.observation(arrives, generation("g" + i, start, end, i % 4 == 0 ? "ERROR" : "DEFAULT"));
            }
        }
    }

    private void assertAll(int count) {
        assertThat(project.keptOf("score.created")).hasSize(count / 4);
        assertThat(project.keptOf("generation.created")).hasSize(count * 3 / 4);
        assertThat(project.keptOf("trace.updated")).hasSize(count / 4);
        assertThat(project.kept).hasSize(count / 4 + count);
    }
}
