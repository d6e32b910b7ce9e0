package io.fusewire.poll.client;

import static io.fusewire.fakes.LangfuseShapes.generation;
import static io.fusewire.fakes.LangfuseShapes.score;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.fakes.LangfuseApi;
import io.fusewire.fakes.LangfuseApi.Answer;
import io.fusewire.testing.LogLines;
import java.math.BigDecimal;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API answers instead of a page costs time and nothing else. */
class PollTroubleTest {
    private static final Instant BEGIN = PolledProject.BEGIN;
    private static final Predicate<String> ROWS =
            asked -> asked.contains("/v2/observations") || asked.contains("scores");

    @RegisterExtension
    final PolledProject project = new PolledProject();

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 403, 404, 405, 407, 413, 429, 501, 503, 524})
    void after_any_other_status_it_goes_on_by_itself(int status) {
        rows(30);
        for (int i = 0; i < 3; i++) {
            project.api.answerOnce(ROWS, Answer.of(status, "<html>not now</html>"));
        }
        project.run(Duration.ofMinutes(20));
        assertAll(30);
        assertThat(project.poll().trouble()).isEmpty();
    }

    @Test
    void refused_keys_are_named_by_their_properties_and_tried_again_slowly() {
        project.step();
        project.api.answerOnce(ROWS, Answer.of(401, "{\"message\":\"Invalid credentials\"}"));
        project.step();
        assertThat(project.poll().trouble())
                .hasValue("Langfuse refuses the keys (401): fusewire.poll.shop.public-key and"
                        + " fusewire.poll.shop.secret-key must be a project's, of https://langfuse.example");
        int asked = project.api.asked().size();
        project.run(Duration.ofSeconds(299));
        assertThat(project.api.asked()).hasSize(asked);
        project.run(Duration.ofSeconds(10));
        assertThat(project.poll().trouble()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 401, 404, 405, 501})
    void a_server_without_health_is_polled_all_the_same(int status) {
        rows(3);
        project.api.answerAlways(asked -> asked.contains("health"), Answer.of(status, "<html>"));
        project.run(Duration.ofMinutes(2));
        assertAll(3);
    }

    @Test
    void what_a_proxy_answers_to_the_first_question_tells_nothing_of_the_server() {
        project.api.answerOnce(asked -> asked.contains("health"), Answer.of(407, "<html>who are you</html>"));
        project.step();
        assertThat(project.poll().trouble()).hasValue("the proxy answered 407");
        project.run(Duration.ofMinutes(1));
        assertThat(project.api.asked())
                .filteredOn(asked -> asked.path().endsWith("/health"))
                .hasSize(2);
        assertThat(project.poll().trouble()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 501})
    void a_server_without_the_newer_endpoints_is_asked_by_the_older_ones(int status) {
        project.api.generation(LangfuseApi.Generation.LEGACY);
        project.api.unknown(status);
        rows(30);
        project.run(Duration.ofMinutes(5));
        assertAll(30);
        assertThat(project.poll().trouble()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504})
    void a_dense_window_at_which_the_server_fails_is_asked_for_in_parts(int status) {
        rows(400);
        project.api.answerAlways(
                asked -> asked.contains("/v2/observations")
                        && Duration.between(after(asked, "fromStartTime="), after(asked, "toStartTime="))
                                        .compareTo(Duration.ofMinutes(10))
                                > 0,
                Answer.of(status, "<html>"));
        project.run(Duration.ofHours(2));
        assertAll(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504})
    void other_feeds_go_on_where_the_server_fails_at_one(int status) {
        rows(30);
        project.api.answerAlways(asked -> asked.contains("/v2/observations"), Answer.of(status, "<html>"));
        project.run(Duration.ofMinutes(10));
        assertThat(project.keptOf("score.created")).hasSize(30);
        for (int second = 0; second < 120; second++) {
            project.run(Duration.ofSeconds(1));
            assertThat(project.poll().trouble()).isPresent();
        }
    }

    @Test
    void pages_grow_again_after_a_window_at_which_the_server_failed() {
        rows(1_000);
        for (int i = 0; i < 4; i++) {
            project.api.answerOnce(asked -> asked.contains("/v2/observations"), Answer.of(504, ""));
        }
        project.run(Duration.ofMinutes(20));
        assertAll(1_000);
        assertThat(project.api.asked().get(project.api.asked().size() - 1).query())
                .containsEntry("limit", "100");
        assertThat(limits("/api/public/v2/observations")).endsWith("1000").contains("62");
    }

    private List<String> limits(String path) {
        return project.api.asked().stream()
                .filter(asked -> asked.path().equals(path))
                .map(asked -> asked.query().get("limit"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 501})
    void a_server_that_does_not_tell_the_project_is_polled_all_the_same(int status) {
        project.api.generation(LangfuseApi.Generation.LEGACY);
        project.api.answerAlways(asked -> asked.contains("projects"), Answer.of(status, "<html>"));
        rows(30);
        project.run(Duration.ofMinutes(5));
        assertAll(30);
        assertThat(project.poll().trouble()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>maintenance</html>", "{}", "{\"data\":["})
    void what_is_no_page_is_asked_for_again(String body) {
        rows(30);
        for (int i = 0; i < 4; i++) {
            project.api.answerOnce(ROWS, Answer.of(200, body));
        }
        project.run(Duration.ofMinutes(10));
        assertAll(30);
    }

    @Test
    void a_page_that_can_never_be_read_is_set_aside_and_stops_nothing_beside_it() {
        rows(400);
        ObjectNode poison = generation("poison", BEGIN.minusSeconds(100), BEGIN.minusSeconds(99), "ERROR");
        project.api.observation(BEGIN, poison);
        project.api.answerAlways(this::holdsThePoison, Answer.of(200, "{\"data\":[\"\\u00\"]}"));
        project.run(Duration.ofMinutes(60));
        assertThat(project.keptOf("poll.unread")).isNotEmpty();
        String kept = new String(
                project.kept.get(project.keptOf("poll.unread").get(0)).body());
        assertThat(kept)
                .contains("\"poll\":\"shop\"", "\"reason\":\"the answer is not JSON\"", "\"window\":\"2026-08-22T07:5");
        assertThat(project.keptOf("score.created")).hasSize(400);
        assertThat(project.keptOf("generation.created")).hasSizeGreaterThan(330);
        assertThat(project.poll().lag(Feed.GENERATIONS).orElseThrow()).isLessThan(Duration.ofMinutes(10));
    }

    /** Whether the window that is asked for holds the row at 07:58:20. */
    private boolean holdsThePoison(String asked) {
        Instant poison = BEGIN.minusSeconds(100);
        return asked.contains("/v2/observations")
                && !after(asked, "fromStartTime=").isAfter(poison)
                && after(asked, "toStartTime=").isAfter(poison);
    }

    private static Instant after(String asked, String name) {
        String rest = asked.substring(asked.indexOf(name) + name.length());
        return Instant.parse(rest.substring(0, rest.indexOf('&')).replace("%3A", ":"));
    }

    @Test
    void a_row_without_an_id_is_set_aside_once_and_its_neighbours_are_kept() {
        rows(3);
        ObjectNode nameless = generation("", BEGIN.minusSeconds(5), BEGIN.minusSeconds(4), "ERROR");
        project.api.observation(BEGIN, nameless);
        project.run(Duration.ofMinutes(10));
        assertThat(project.keptOf("poll.unread")).hasSize(2);
        assertThat(project.keptOf("generation.created")).hasSize(3);
        assertThat(project.keptOf("trace.updated")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"depth", "array", "exponent", "without an id"})
    void a_row_that_no_reader_takes_is_set_aside_once_and_said_once(String what) throws Exception {
        rows(3);
        ObjectNode row = score("odd", BEGIN.minusSeconds(5), 0.3, BEGIN.minusSeconds(5));
        switch (what) {
            case "depth" -> row.set("value", new ObjectMapper().readTree("[".repeat(65) + "]".repeat(65)));
            case "array" -> row.set(
                    "value", new ObjectMapper().readTree("{\"a\":".repeat(900) + "1" + "}".repeat(900)));
            case "exponent" -> row.put("value", new BigDecimal("1e2147483647"));
            default -> row.remove("id");
        }
        project.api.score(BEGIN, row);
        try (LogLines log = new LogLines()) {
            project.run(Duration.ofMinutes(10));
            assertThat(log.text().split("is set aside", -1)).hasSizeLessThanOrEqualTo(2);
        }
        assertThat(project.keptOf("score.created")).hasSizeBetween(3, 4);
        assertThat(project.keptOf("score.created").size()
                        + project.keptOf("poll.unread").size())
                .isEqualTo(4);
        assertThat(project.outcomes).containsOnly("answered");
        assertThat(project.poll().trouble()).isEmpty();
    }

    @Test
    void a_cursor_that_the_server_refuses_begins_the_window_anew() {
        rows(2_500);
        for (int i = 0; i < 5; i++) {
            project.api.answerOnce(
                    asked -> asked.contains("cursor="), Answer.of(400, "{\"message\":\"Invalid cursor\"}"));
        }
        project.run(Duration.ofMinutes(10));
        assertAll(2_500);
    }

    @Test
    void a_server_that_cannot_be_asked_by_the_end_of_a_span_is_polled_without() {
        rows(10);
        project.api.answerAlways(
                asked -> asked.contains("filter="), Answer.of(400, "{\"message\":\"unknown filter\"}"));
        project.run(Duration.ofMinutes(10));
        assertAll(10);
        assertThat(project.outcomes).containsOnlyOnce("not_understood");
    }

    @Test
    void a_page_of_a_thousand_rows_of_100_kB_is_asked_for_in_parts() {
        project.fetch(EnumSet.of(Feed.ERRORS));
        for (int i = 0; i < 1_000; i++) {
            Instant start = BEGIN.minusMillis(700L * i + 1_000);
            project.api.observation(
                    BEGIN, generation("g" + i, start, start, "ERROR").put("statusMessage", "x".repeat(100_000)));
        }
        project.run(Duration.ofMinutes(2));
        assertThat(project.keptOf("trace.updated")).hasSize(1_000);
        assertThat(project.outcomes).contains("too_much");
    }

    @Test
    void a_page_of_more_rows_than_were_asked_for_is_asked_for_again() {
        rows(30);
        for (int i = 0; i < 4; i++) {
            project.api.answerOnce(ROWS, Answer.of(200, "{\"data\":[" + "{},".repeat(1_000) + "{}]}"));
        }
        project.run(Duration.ofMinutes(10));
        assertAll(30);
    }

    @Test
    void a_health_without_end_is_as_good_as_none() {
        rows(30);
        project.api.answerAlways(
                asked -> asked.contains("health"), Answer.of(200, "{\"a\":[" + "{},".repeat(300_000) + "{}]}"));
        project.run(Duration.ofMinutes(2));
        assertAll(30);
    }

    @Test
    void what_takes_too_long_is_asked_for_in_parts() {
        rows(10);
        project.step();
        assertThat(project.poll().isDue()).isTrue();
        assertThat(project.poll().uri().getQuery()).contains("limit=1000");
        project.poll().failed(new SocketTimeoutException("Read timed out"), "SocketTimeoutException: Read timed out");
        String feed = project.poll().uri().getQuery().contains("level=ERROR") ? "level=ERROR" : "type=GENERATION";
        project.clock.forward(Duration.ofSeconds(5));
        int before = project.api.asked().size();
        project.run(Duration.ofSeconds(5));
        assertThat(project.api.asked().stream()
                        .skip(before)
                        .map(asked -> asked.query().toString())
                        .filter(asked -> asked.contains(feed)))
                .first()
                .asString()
                .contains("limit=250");
        project.run(Duration.ofMinutes(5));
        assertAll(10);
    }

    @Test
    void a_row_that_is_on_two_pages_is_one_event() {
        project.fetch(EnumSet.of(Feed.ERRORS));
        project.run(Duration.ofMinutes(1));
        ObjectNode row = generation("twice", BEGIN.minusSeconds(5), BEGIN.minusSeconds(4), "ERROR");
        String page = "{\"data\":[" + row
                + "],\"meta\":{\"cursor\":\"eyJ2IjoxLCJsYXN0VGltZSI6IjIwMjYtMDgtMjJUMDg6MDA6MDBaIiwibGFzdElkIjoieCJ9\"}}";
        project.api.answerOnce(ROWS, Answer.of(200, page));
        project.api.answerOnce(ROWS, Answer.of(200, "{\"data\":[" + row + "],\"meta\":{}}"));
        project.run(Duration.ofMinutes(2));
        assertThat(project.keptOf("trace.updated")).hasSize(1);
        assertThat(project.seen).isEqualTo(1);
    }

    @Test
    void a_page_that_leads_to_itself_is_not_read_for_ever() {
        rows(3);
        project.step();
        String page = "{\"data\":[],\"meta\":{\"cursor\":\"same\"}}";
        for (int i = 0; i < 4; i++) {
            project.api.answerOnce(ROWS, Answer.of(200, page));
        }
        project.run(Duration.ofMinutes(10));
        assertAll(3);
        assertThat(project.outcomes).contains("unreadable");
    }

    private void rows(int count) {
        for (int i = 0; i < count; i++) {
            Instant start = BEGIN.minusMillis(800_000L * i / count + 1);
            project.api.observation(BEGIN, generation("g" + i, start, start, "ERROR"));
            project.api.score(BEGIN, score("s" + i, start, 0.3, start));
        }
    }

    private void assertAll(int count) {
        assertThat(project.keptOf("score.created")).hasSize(count);
        assertThat(project.keptOf("generation.created")).hasSize(count);
        assertThat(project.keptOf("trace.updated")).hasSize(count);
        assertThat(project.keptOf("poll.unread")).isEmpty();
    }

    @Test
    void settings_do_not_show_their_keys() {
        assertThat(project.poll().settings().toString())
                .isEqualTo("poll shop of https://langfuse.example")
                .doesNotContain(LangfuseApi.SECRET_KEY);
    }
}
