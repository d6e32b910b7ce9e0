package io.fusewire.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.message.Incident.Kind;
import io.fusewire.message.Incident.Sample;
import io.fusewire.message.Incident.Text;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IncidentTest {
    private static final Clock SOON = Clock.fixed(ToldIncident.SINCE.plusSeconds(3600), ZoneId.of("UTC"));

    private static JsonNode seen(ToldIncident told, Clock clock) {
        return told.incident().json(MessageFormat.SLACK, sample -> Optional.of("https://lf/" + sample.trace()), clock);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0      | PT0S       | 0                  |",
                "1      | PT0S       | 1                  |",
                "2      | PT0S       | 2 in 1 s           |",
                "12     | PT0.4S     | 12 in 1 s          |",
                "15000  | PT59.9S    | 15,000 in 59 s     |",
                "1204   | PT17M0.5S  | 1,204 in 17 min    | 71 a minute",
                "3      | PT2M       | 3 in 2 min         | 1.5 a minute",
                "2      | PT1M       | 2 in 1 min         | 2 a minute",
                "3      | PT1M59S    | 3 in 1 min         | 1.5 a minute",
                "37     | PT2H5M     | 37 in 2 h 5 min    | 18 an hour",
                "3      | PT3H0M59S  | 3 in 3 h           | 1 an hour",
                "100000 | PT76H      | 100,000 in 3 d 4 h | 22 a minute",
                "9999999| PT1M       | 9,999,999 in 1 min | 9,999,999 a minute",
                "2      | PT72H59M   | 2 in 3 d           | 0.7 a day",
                "7      | -PT5M      | 7 in 1 s           |"
            })
    void a_count_is_told_as_a_person_would(long count, Duration span, String counted, String rate) {
        ToldIncident told = new ToldIncident(Kind.DEVELOPING);
        told.count = count;
        told.span = span;
        JsonNode seen = seen(told, SOON);
        assertThat(seen.path("counted").asText()).isEqualTo(counted);
        assertThat(seen.path("rate").asText(null)).isEqualTo(rate);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-08-22T08:40:00Z, UTC, 08:21, UTC, 18 min",
        "2026-08-22T22:30:00Z, UTC, 08:21, UTC, 14 h 8 min",
        "2026-08-22T22:30:00Z, Europe/Berlin, 22 Aug 10:21, CEST, 14 h 8 min",
        "2026-08-23T08:21:10Z, UTC, 22 Aug 08:21, UTC, 1 d",
        "2026-08-22T08:40:00Z, +05:30, 13:51, +05:30, 18 min",
        "2026-08-22T08:00:00Z, UTC, 08:21, UTC, 1 s"
    })
    void a_time_is_told_in_the_zone_and_with_its_day_if_it_is_another(
            Instant now, String zone, String since, String called, String lasted) {
        JsonNode seen = seen(new ToldIncident(Kind.DEVELOPING), Clock.fixed(now, ZoneId.of(zone)));
        assertThat(seen.path("sinceAt").asText()).isEqualTo(since);
        assertThat(seen.path("zone").asText()).isEqualTo(called);
        assertThat(seen.path("lasted").asText()).isEqualTo(lasted);
    }

    @Test
    void one_that_is_closed_lasted_until_then() {
        JsonNode seen = seen(new ToldIncident(Kind.CLOSED).closed("quiet", Duration.ofMinutes(125)), SOON);
        assertThat(seen.path("lasted").asText()).isEqualTo("2 h 5 min");
        assertThat(seen.path("state").asText()).isEqualTo("closed");
        assertThat(seen.path("closed").asText()).isEqualTo("2026-08-22T10:26:04.250Z");
        assertThat(seen.path("reason").asText()).isEqualTo("quiet");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void templates_see_every_field_whatever_the_kind(Kind kind) {
        JsonNode seen = seen(new ToldIncident(kind), SOON);
        assertThat(seen.fieldNames())
                .toIterable()
                .containsExactly(
                        "key",
                        "id",
                        "kind",
                        "state",
                        "count",
                        "more",
                        "since",
                        "last",
                        "closed",
                        "reason",
                        "who",
                        "group",
                        "texts",
                        "samples",
                        "folded",
                        "counted",
                        "rate",
                        "alerts",
                        "moreCounted",
                        "lasted",
                        "sinceAt",
                        "lastAt",
                        "zone");
        assertThat(seen.path("group").fieldNames()).toIterable().containsExactly("source", "project", "error");
    }

    @Test
    void a_message_of_its_own_has_a_key_and_nothing_else() {
        assertThat(Incident.ofItsOwn("langfuse:a").json(MessageFormat.TEXT, sample -> Optional.empty(), SOON))
                .isEqualTo(Alerts.json("{\"key\":\"langfuse:a\"}"));
    }

    @Test
    void three_texts_and_five_traces_are_seen_and_none_that_says_nothing() {
        ToldIncident told = new ToldIncident(Kind.DEVELOPING);
        told.texts = List.of(
                new Text("none", 9),
                new Text(" \n ", 8),
                new Text("a\n\tb", 7),
                new Text("c", 6),
                new Text("d", 5),
                new Text("e", 4));
        told.samples = List.of(
                new Sample(null, null),
                new Sample("none", "o"),
                new Sample("", "o"),
                new Sample("t1", "o"),
                new Sample("t2", "o"),
                new Sample("t3", "o"),
                new Sample("t4", "o"),
                new Sample("t5", "o"),
                new Sample("t6", "o"));
        JsonNode seen = seen(told, SOON);
        assertThat(seen.path("texts").findValuesAsText("text")).containsExactly("a b", "c", "d");
        assertThat(seen.path("samples").findValuesAsText("trace")).containsExactly("t1", "t2", "t3", "t4", "t5");
        told.texts = Collections.emptyList();
        told.samples = List.of();
        assertThat(seen(told, SOON).path("texts")).isEmpty();
    }

    @Test
    void a_long_id_is_told_by_its_ends() {
        ToldIncident told = new ToldIncident(Kind.DEVELOPING);
        told.samples =
                List.of(new Sample("7b2e0c0f9f7a4a0c8b1d2e3f4a5b6c7d", "none"), new Sample("order-2026-11-29", ""));
        assertThat(seen(told, SOON).path("samples").findValuesAsText("brief"))
                .containsExactly("7b2e0c…5b6c7d", "order-2026-11-29");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "<", "&", "😀", "\n", "字", "\ud83d"})
    void a_huge_text_is_a_line_of_240_before_it_is_escaped(String piece) {
        ToldIncident told = new ToldIncident(Kind.DEVELOPING);
        told.texts = List.of(new Text("a " + piece.repeat((1 << 20) / piece.length()), 1));
        told.who = piece.repeat(1 << 20);
        String text = seen(told, SOON).path("texts").path(0).path("text").asText();
        assertThat(text.replace("&lt;", "<").replace("&amp;", "&")).hasSizeLessThanOrEqualTo(240);
        assertThat(text).startsWith("a").doesNotContain("\n").doesNotContain("\ud83d…");
    }
}
