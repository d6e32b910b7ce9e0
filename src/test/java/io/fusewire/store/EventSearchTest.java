package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.event.EventReader;
import io.fusewire.store.EventSearch.Found;
import io.fusewire.store.EventSearch.Page;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events are found by what they say, the newest first, and no search goes on for long. */
@OnEachDatabase
class EventSearchTest {
    private static final String GENERATED =
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
                    + " INSERT INTO event (identity, key, source, type, received_at, body)"
                    + " SELECT %s, 'g' || i, 'default', 'trace.created', 1000 * i,"
                    + " '{\"event\":\"trace.created\",\"data\":{\"traceId\":\"t\"}}' FROM n";

    @RegisterExtension
    final StoreFixture fixture = new StoreFixture();

    private final EventReader reader = new EventReader();
    private final AtomicLong nanos = new AtomicLong();
    private long slowness;

    @Test
    void each_filter_finds_what_fits_and_nothing_else() {
        long error = store("default", trace("p1", "t1", "checkout", "Rate limit of \\\"provider\\\" \u00fcber 100%"));
        long other = store("eu", trace("p2", "t2", "search", "refused"));
        long score = store(
                "eu",
                "{\"event\":\"score.created\",\"id\":\"s\",\"data\":{\"projectId\":\"p1\",\"traceId\":\"t1\",\"name\":\"toxicity\",\"value\":1}}");
        assertThat(find(filter(null, null, null, null, null, null))).containsExactly(score, other, error);
        assertThat(find(filter("score.created", null, null, null, null, null))).containsExactly(score);
        assertThat(find(filter(null, "eu", null, null, null, null))).containsExactly(score, other);
        assertThat(find(filter(null, null, "p1", null, null, null))).containsExactly(score, error);
        assertThat(find(filter(null, null, null, "t1", null, null))).containsExactly(score, error);
        assertThat(find(filter(null, null, null, null, "toxicity", null))).containsExactly(score);
        assertThat(find(filter("trace.updated", "default", "p1", "t1", "checkout", "provider")))
                .containsExactly(error);
        assertThat(find(filter(null, null, "p", null, null, null)))
                .as("a part of a label")
                .isEmpty();
        assertThat(find(filter(null, null, "p2", "t1", null, null))).isEmpty();
        assertThat(find(filter(null, null, "none", null, null, null))).isEmpty();
    }

    @Test
    void a_text_is_found_as_it_reads_however_json_writes_it() {
        long id = store("default", trace("p1", "t1", "n", "Rate limit of \\\"provider\\\" \\u00fcber 100%\\n<b>"));
        for (String text : List.of("RATE LIMIT", "\"Provider\"", "\u00dcber 100%", "\n<b>", "%", "\u00fc", "of \"p")) {
            assertThat(find(filter(null, null, null, null, null, text)))
                    .as(text)
                    .containsExactly(id);
        }
        for (String text : List.of("_ate", "rate  limit", "\\", "uber")) {
            assertThat(find(filter(null, null, null, null, null, text)))
                    .as(text)
                    .isEmpty();
        }
    }

    @Test
    void pages_follow_each_other_to_the_oldest() {
        List<Long> ids = List.of(add("a"), add("b"), add("c"));
        Page first = search().find(EventFilter.ofTrace(null), Long.MAX_VALUE, 2);
        assertThat(first.events()).extracting(EventSearchTest::id).containsExactly(ids.get(2), ids.get(1));
        Page second = search().find(EventFilter.ofTrace(null), first.next(), 2);
        assertThat(second.events()).extracting(EventSearchTest::id).containsExactly(ids.get(0));
        assertThat(second.next()).isNull();
        assertThat(search().find(EventFilter.ofTrace(null), ids.get(0), 2).events())
                .isEmpty();
    }

    @Test
    void times_bound_it_on_both_sides() {
        long first = add("first");
        Instant then = fixture.now();
        fixture.clock.forward(Duration.ofHours(1));
        long second = add("second");
        fixture.clock.forward(Duration.ofHours(1));
        long third = add("third");
        assertThat(find(between(then.plusSeconds(1800), null))).containsExactly(third, second);
        assertThat(find(between(null, then.plusSeconds(1800)))).containsExactly(first);
        assertThat(find(between(then.plusSeconds(1800), then.plusSeconds(5400))))
                .containsExactly(second);
        assertThat(find(between(then.plusSeconds(20_000), null))).isEmpty();
        assertThat(find(between(null, then.minusSeconds(20_000)))).isEmpty();
    }

    @Test
    void it_reads_so_many_and_says_where_to_go_on() throws SQLException {
        generate(EventSearch.MOST_READ + 300);
        Page none = search().find(EventFilter.ofTrace("of no event"), Long.MAX_VALUE, 10);
        assertThat(none.events()).isEmpty();
        assertThat(none.next()).isEqualTo(301);
        assertThat(none.back()).isEqualTo(Instant.ofEpochMilli(301_000));
        assertThat(search().find(EventFilter.ofTrace("of no event"), none.next(), 10)
                        .next())
                .isNull();
        assertThat(find(between(null, Instant.ofEpochMilli(1_000))))
                .as("the old end is found at once")
                .containsExactly(1L);
    }

    @Test
    void it_ends_in_time_and_gets_on_all_the_same() throws SQLException {
        generate(3);
        slowness = EventSearch.LONGEST.toNanos() + 1;
        Page page = search().find(EventFilter.ofTrace(null), Long.MAX_VALUE, 10);
        assertThat(page.events()).extracting(EventSearchTest::id).containsExactly(3L);
        assertThat(page.next()).isEqualTo(3);
    }

    private EventSearch search() {
        return new EventSearch(fixture.store, reader, () -> nanos.addAndGet(slowness));
    }

    private List<Long> find(EventFilter filter) {
        return search().find(filter, Long.MAX_VALUE, 100).events().stream()
                .map(EventSearchTest::id)
                .toList();
    }

    private static long id(Found found) {
        return found.told().event().id();
    }

    private static EventFilter filter(
            String type, String source, String project, String trace, String name, String text) {
        return new EventFilter(type, source, project, trace, name, text, null, null);
    }

    private static EventFilter between(Instant since, Instant until) {
        return new EventFilter(null, null, null, null, null, null, since, until);
    }

    private static String trace(String project, String trace, String name, String message) {
        return "{\"event\":\"trace.updated\",\"id\":\"%s\",\"data\":{\"projectId\":\"%s\",\"traceId\":\"%s\",\"name\":\"%s\",\"level\":\"ERROR\",\"statusMessage\":\"%s\"}}"
                .formatted(trace, project, trace, name, message);
    }

    private long add(String key) {
        return fixture.stored(key, "default").number();
    }

    private long store(String source, String body) {
        try {
            return WriteStrategy.await(fixture.inbox.keep(reader.read(body.getBytes(StandardCharsets.UTF_8), source)))
                    .number();
        } catch (Exception e) {
            throw new IllegalStateException(body, e);
        }
    }

    private void generate(int count) throws SQLException {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            String generated = GENERATED.formatted(count, fixture.bytes("'g' || i"));
            statement.executeUpdate(
                    fixture.isSqlite()
                            ? generated
                            : generated.replace("body)", "body, log)").replaceFirst(" FROM n$", ", 1 FROM n"));
        }
    }
}
