package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fusewire.error.InvalidRequestException;
import io.fusewire.error.StoreUnavailableException;
import io.fusewire.store.Silences.Wanted;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Silences are kept, found again, bounded, and known to all who share the store within a second. */
@OnEachDatabase
class SilencesTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Map<String, Object> LABELS = Map.of("project", "p1", "name", "quality");

    @RegisterExtension
    final StoreFixture fixture = new StoreFixture();

    private final AtomicLong nanos = new AtomicLong();
    private ActiveSilences active;
    private Silences silences;

    @BeforeEach
    void open() {
        active = new ActiveSilences(fixture.store, nanos::get);
        silences = new Silences(fixture.store, active);
    }

    @Test
    void a_silence_is_told_with_who_made_it_when_and_why() {
        Instant before = fixture.now();
        Map<String, Object> made = make(wanted("p1"));
        assertThat(silences.list(null, null, null)).containsExactly(made);
        assertThat(made)
                .containsEntry("id", 1L)
                .containsEntry("state", "active")
                .containsEntry("matchers", List.of(Map.of("label", "project", "op", "=", "value", "p1")))
                .containsEntry("by", "on-call")
                .containsEntry("why", "a deploy")
                .doesNotContainKeys("ended", "endedBy");
        Instant from = Instant.parse((String) made.get("from"));
        assertThat(from).isBetween(before.minusMillis(1), fixture.now());
        assertThat(made)
                .containsEntry("made", from.toString())
                .containsEntry("until", from.plus(HOUR).toString());
        assertThat(fixture.rows("SELECT matchers FROM silence"))
                .containsExactly("[{\"label\":\"project\",\"op\":\"=\",\"value\":\"p1\"}]");
    }

    @Test
    void it_holds_from_its_beginning_to_its_end() {
        Instant begin = fixture.now().plus(HOUR);
        make(new Wanted(matchers("p1"), begin, null, HOUR, "on-call", "later"));
        assertThat(holding()).isEqualTo(0);
        assertThat(states()).containsExactly("pending");
        pass(HOUR);
        assertThat(holding()).isEqualTo(1);
        assertThat(active.count()).isEqualTo(1);
        assertThat(states()).containsExactly("active");
        assertThat(active.holding(Map.of("project", "p2"), "r")).isEmpty();
        pass(HOUR);
        assertThat(holding()).isEqualTo(0);
        assertThat(active.count()).isZero();
        assertThat(states()).containsExactly("expired");
    }

    @Test
    void one_that_begins_or_ends_between_two_readings_does_so_in_time() {
        Instant now = fixture.now();
        make(new Wanted(matchers("p1"), now.plusMillis(300), now.plusMillis(600), null, "on-call", "short"));
        assertThat(holding()).isEqualTo(0);
        nanos.addAndGet(Duration.ofMillis(400).toNanos());
        assertThat(holding()).isEqualTo(1);
        nanos.addAndGet(Duration.ofMillis(400).toNanos());
        assertThat(holding()).isEqualTo(0);
    }

    @Test
    void what_is_ended_holds_nothing_any_more_and_stays_to_be_told() {
        make(wanted("p1"));
        assertThat(holding()).isEqualTo(1);
        assertThat(silences.end(1, "on-call")).isTrue();
        assertThat(holding()).as("where it was ended it is known at once").isEqualTo(0);
        Map<String, Object> ended = silences.list("expired", null, null).get(0);
        assertThat(ended).containsEntry("state", "expired").containsEntry("endedBy", "on-call");

        pass(HOUR);
        assertThat(silences.end(1, "another")).as("a second time").isTrue();
        assertThat(silences.list(null, null, null)).containsExactly(ended);
    }

    @Test
    void one_that_is_over_can_be_ended_and_one_that_is_not_there_can_not() {
        make(wanted("p1"));
        pass(HOUR);
        assertThat(silences.end(1, null)).isTrue();
        assertThat(silences.list(null, null, null).get(0)).doesNotContainKey("ended");
        assertThat(silences.end(2, null)).isFalse();
        assertThat(silences.end(-1, null)).isFalse();
        assertThat(silences.end(Long.MAX_VALUE, null)).isFalse();
    }

    @Test
    void of_several_the_one_that_ends_last_holds() {
        make(wanted("p2"));
        make(new Wanted(List.of(SilenceMatcher.of("name", "=~", "qual.*")), null, null, HOUR, "on-call", "b"));
        pass(Duration.ofMinutes(1));
        make(wanted("p1"));
        assertThat(holding()).isEqualTo(3);
        assertThat(active.holding(LABELS, "r").map(Silence::reason)).contains("silence 3");
        silences.end(3, null);
        assertThat(holding()).isEqualTo(2);
    }

    @Test
    void the_same_request_again_finds_the_silence_that_it_made() {
        make(wanted("p1", "p2"));
        pass(Duration.ofMinutes(10));
        assertThat(id(make(wanted("p2", "p1")))).as("order is nothing").isEqualTo(1);
        assertThat(id(make(new Wanted(matchers("p1", "p2"), null, null, HOUR, "on-call", "another reason"))))
                .isEqualTo(2);
        assertThat(id(make(new Wanted(matchers("p1", "p2"), null, null, HOUR, "another", "a deploy"))))
                .isEqualTo(3);
        assertThat(id(make(new Wanted(matchers("p1", "p2"), null, null, HOUR.plusMillis(1), "on-call", "a deploy"))))
                .isEqualTo(4);
        assertThat(id(make(wanted("p1")))).isEqualTo(5);

        Instant until = fixture.now().plus(HOUR);
        Wanted dated = new Wanted(matchers("p3"), null, until, null, "on-call", "a deploy");
        assertThat(id(make(dated))).isEqualTo(6);
        assertThat(id(make(dated))).isEqualTo(6);
        Wanted planned = new Wanted(matchers("p3"), until, null, HOUR, "on-call", "a deploy");
        assertThat(id(make(planned))).isEqualTo(7);
        assertThat(id(make(planned))).isEqualTo(7);
        assertThat(fixture.rows("SELECT count(*) FROM silence")).containsExactly("7");
    }

    @Test
    void once_it_is_over_the_same_request_makes_another() {
        make(wanted("p1"));
        silences.end(1, null);
        assertThat(id(make(wanted("p1")))).isEqualTo(2);
        pass(HOUR);
        assertThat(id(make(wanted("p1")))).isEqualTo(3);
    }

    @Test
    void the_same_request_many_times_at_once_makes_one() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            Callable<Long> task = () -> id(new Silences(fixture.store, active).make(wanted("p1")));
            for (Future<Long> done : pool.invokeAll(Collections.nCopies(16, task))) {
                assertThat(done.get()).isEqualTo(1);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(fixture.rows("SELECT count(*) FROM silence")).containsExactly("1");
    }

    @Test
    void so_many_may_be_open_and_one_that_ends_makes_room() {
        for (int i = 0; i < Silences.MOST_OPEN; i++) {
            make(wanted("p" + i));
        }
        refused(wanted("more"), "100 silences are open, and that is the most; end one first.");
        assertThat(id(make(wanted("p3")))).as("what is there is found").isEqualTo(4);
        silences.end(1, null);
        assertThat(id(make(wanted("more")))).isEqualTo(101);
        refused(wanted("still more"), "100 silences are open, and that is the most; end one first.");
        pass(HOUR);
        assertThat(id(make(wanted("still more")))).isEqualTo(102);
    }

    @Test
    void a_silence_that_would_hold_everything_is_refused() {
        refused(wanted(List.of()), "A silence has 1 to 20 matchers; without one it would hold everything.");
        String all = "A silence of these matchers would hold everything, or all but a little;"
                + " add one with = or =~ that says what it holds.";
        SilenceMatcher any = SilenceMatcher.of("project", "=~", ".*");
        refused(wanted(List.of(any)), all);
        refused(wanted(List.of(any, SilenceMatcher.of("rule", "!=", "low-score"))), all);
        refused(wanted(List.of(SilenceMatcher.of("rule", "!~", ".*"))), all);
        make(wanted(List.of(any, SilenceMatcher.of("name", "=", "quality"))));
    }

    @Test
    void a_silence_has_so_many_matchers_at_most() {
        List<SilenceMatcher> most = new ArrayList<>();
        for (int i = 0; i < Silences.MOST_MATCHERS; i++) {
            most.add(SilenceMatcher.of("name", "!=", "n" + i));
        }
        most.set(0, SilenceMatcher.of("name", "=", "quality"));
        make(wanted(most));
        most.add(SilenceMatcher.of("name", "!=", "more"));
        refused(wanted(most), "A silence has 1 to 20 matchers; without one it would hold everything.");
    }

    @Test
    void a_time_that_makes_no_sense_is_refused() {
        Instant now = fixture.now();
        String backwards = "The silence would end before it begins; until is later than from.";
        refused(during(now.plus(HOUR), now.plus(HOUR)), backwards);
        refused(during(now.plus(HOUR.multipliedBy(2)), now.plus(HOUR)), backwards);
        for (Instant from : new Instant[] {null, now.minus(HOUR.multipliedBy(2)), now.plus(HOUR)}) {
            assertThatThrownBy(() -> make(during(from, now.minus(HOUR))))
                    .isInstanceOf(InvalidRequestException.class)
                    .message()
                    .startsWith("The silence would be over already; it ends later than now, ");
        }
        String long90 = "A silence lasts 90 days at most, and ends within 90 days; make it anew then.";
        refused(during(null, now.plus(Duration.ofDays(90)).plus(HOUR)), long90);
        refused(during(now.plus(Duration.ofDays(89)), now.plus(Duration.ofDays(91))), long90);
        refused(during(now.minus(Duration.ofDays(89)), now.plus(Duration.ofDays(2))), long90);
        refused(during(Instant.ofEpochMilli(Long.MIN_VALUE), Instant.ofEpochMilli(Long.MAX_VALUE)), long90);
        refused(during(Instant.ofEpochMilli(Long.MIN_VALUE), now.plus(HOUR)), long90);
        refused(new Wanted(matchers("p1"), null, null, null, "o", "w"), "A silence has either until or for.");
        refused(new Wanted(matchers("p1"), null, now.plus(HOUR), HOUR, "o", "w"), "A silence has either until or for.");
        assertThat(fixture.rows("SELECT id FROM silence")).isEmpty();
        make(during(now.minus(HOUR), now.plus(HOUR)));
        make(new Wanted(matchers("p1"), null, null, Duration.ofDays(90), "on-call", "w"));
    }

    @Test
    void who_and_why_are_texts_of_a_bounded_length() {
        String by =
                "by, which says who makes the silence, is a text of 1 to 100 characters, without control characters.";
        for (String wrong : new String[] {null, "", " \t", "a\nb", "\u0000", "x".repeat(101)}) {
            refused(new Wanted(matchers("p1"), null, null, HOUR, wrong, "w"), by);
        }
        String why = "why is a text of 1 to 500 characters, without control characters.";
        for (String wrong : new String[] {null, "", "a\rb", "\ud800", "x".repeat(501)}) {
            refused(new Wanted(matchers("p1"), null, null, HOUR, "o", wrong), why);
        }
        make(wanted("p1"));
        assertThatThrownBy(() -> silences.end(1, "x".repeat(101)))
                .hasMessage("by is a text of 1 to 100 characters, without control characters.");
        make(new Wanted(matchers("p1"), null, null, HOUR, "x".repeat(100), "\u00e4\ud83d\udd14<!channel>".repeat(30)));
    }

    @Test
    void they_are_listed_by_state_in_pages() {
        for (int i = 1; i <= 4; i++) {
            make(wanted("p" + i));
        }
        silences.end(2, null);
        make(new Wanted(matchers("p5"), fixture.now().plus(HOUR), null, HOUR, "on-call", "later"));
        assertThat(ids(null, null, null)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(ids("active", null, null)).containsExactly(1L, 3L, 4L);
        assertThat(ids("pending", null, null)).containsExactly(5L);
        assertThat(ids("expired", null, null)).containsExactly(2L);
        assertThat(ids("active,pending", null, null)).containsExactly(1L, 3L, 4L, 5L);
        assertThat(ids("active,pending", 1L, 2)).containsExactly(3L, 4L);
        assertThat(ids(null, null, 0)).as("at least one").hasSize(1);
        assertThat(ids(null, null, 1_000_000)).hasSize(5);
        for (String wrong : List.of("", "actve", "active,", "%", "active;pending", "ACTIVE")) {
            assertThatThrownBy(() -> ids(wrong, null, null))
                    .as(wrong)
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage("A silence is active, pending, expired.");
        }
    }

    @Test
    void another_gateway_knows_within_a_second() {
        AtomicLong elsewhere = new AtomicLong();
        ActiveSilences other = new ActiveSilences(fixture.store, elsewhere::get);
        assertThat(other.holding(LABELS, "r")).isEmpty();
        make(wanted("p1"));
        elsewhere.addAndGet(Duration.ofMillis(999).toNanos());
        assertThat(other.holding(LABELS, "r")).as("it reads once a second").isEmpty();
        elsewhere.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(other.holding(LABELS, "r")).isPresent();
        silences.end(1, null);
        elsewhere.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(other.holding(LABELS, "r")).isEmpty();
    }

    @Test
    void while_the_store_is_away_what_was_read_last_goes_on() throws SQLException {
        make(wanted("p1"));
        assertThat(holding()).isEqualTo(1);
        execute("ALTER TABLE silence RENAME TO away");
        pass(Duration.ofMinutes(30));
        assertThat(holding()).isEqualTo(1);
        assertThatThrownBy(active::count).isInstanceOf(StoreUnavailableException.class);
        pass(Duration.ofMinutes(30));
        assertThat(holding()).as("it ends in time nevertheless").isEqualTo(0);
        execute("ALTER TABLE away RENAME TO silence");
        pass(Duration.ofSeconds(1));
        assertThat(active.count()).isZero();
    }

    @Test
    void whoever_asks_first_while_the_store_is_away_is_held_by_nothing_and_fails_no_event() throws SQLException {
        execute("ALTER TABLE silence RENAME TO away");
        assertThat(active.holding(LABELS, "r")).isEmpty();
        execute("ALTER TABLE away RENAME TO silence");
        make(wanted("p1"));
        assertThat(holding()).isEqualTo(1);
    }

    @Test
    void a_row_that_cannot_be_read_holds_nothing_and_harms_no_other() throws SQLException {
        for (String matchers :
                List.of("", "{", "[]", "null", "[1]", "[{\"label\":\"project\",\"op\":\"=~\",\"value\":\"(\"}]")) {
            execute("INSERT INTO silence (matchers, starts_at, ends_at, made_at, made_by, comment) VALUES ('" + matchers
                    + "', 0, 9000000000000000, 0, 'a', 'b')");
        }
        assertThat(holding()).isEqualTo(0);
        make(wanted("p1"));
        assertThat(holding()).isEqualTo(7);
        assertThat(silences.list(null, null, null)).hasSize(7);
        assertThat(silences.end(1, null)).isTrue();
    }

    @Test
    void retention_forgets_those_that_ended_long_ago_and_gives_no_number_twice() {
        IntStream.range(0, 3).forEach(i -> make(wanted("p" + i)));
        silences.end(2, null);
        Retention retention = new Retention(fixture.store, Duration.ofDays(7), null, () -> {});
        pass(Duration.ofDays(90).plusMillis(1));
        retention.sweep();
        assertThat(ids(null, null, null)).containsExactly(1L, 3L);
        pass(HOUR);
        retention.sweep();
        assertThat(ids(null, null, null)).containsExactly(3L);
        assertThat(id(make(wanted("p9")))).isEqualTo(4);
        new Retention(fixture.store, Duration.ofDays(365), null, () -> {}).sweep();
        assertThat(ids(null, null, null)).containsExactly(3L, 4L);
    }

    private Map<String, Object> make(Wanted wanted) {
        return silences.make(wanted);
    }

    private void refused(Wanted wanted, String sentence) {
        assertThatThrownBy(() -> make(wanted))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(sentence);
    }

    private static Wanted wanted(String... projects) {
        return wanted(matchers(projects));
    }

    private static Wanted wanted(List<SilenceMatcher> matchers) {
        return new Wanted(matchers, null, null, HOUR, "on-call", "a deploy");
    }

    private static Wanted during(Instant from, Instant until) {
        return new Wanted(matchers("p1"), from, until, null, "on-call", "a deploy");
    }

    private static List<SilenceMatcher> matchers(String... projects) {
        List<SilenceMatcher> matchers = new ArrayList<>();
        for (String project : projects) {
            matchers.add(SilenceMatcher.of("project", "=", project));
        }
        return matchers;
    }

    /** The number of the silence that holds; 0 for none. */
    private long holding() {
        return active.holding(LABELS, "r").map(Silence::id).orElse(0L);
    }

    private List<Object> states() {
        return silences.list(null, null, null).stream()
                .map(silence -> silence.get("state"))
                .toList();
    }

    private List<Long> ids(String states, Long after, Integer limit) {
        return silences.list(states, after, limit).stream()
                .map(SilencesTest::id)
                .toList();
    }

    private static Long id(Map<String, Object> silence) {
        return (Long) silence.get("id");
    }

    private void pass(Duration time) {
        fixture.clock.forward(time);
        nanos.addAndGet(time.toNanos());
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = fixture.connect();
                Statement executed = connection.createStatement()) {
            executed.executeUpdate(statement);
        }
    }
}
