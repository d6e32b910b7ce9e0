package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.store.Decision.AlertSpec;
import io.fusewire.store.Decision.Grouping;
import io.fusewire.store.Decision.IncidentChange;
import io.fusewire.store.Delivery.Settlement;
import io.fusewire.store.Inbox.NewEvent;
import io.fusewire.store.IncidentState.IncidentNews;
import io.fusewire.store.OwnLog.Place;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import io.fusewire.testing.Postgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several gateways at one PostgreSQL: each piece of work is one gateway's at a time. */
class SharedStoreTest {
    private static final int EVENTS = 400;
    private static final int NODES = 3;
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final String url = Postgres.database();
    private final List<Store> nodes = new ArrayList<>();

    @BeforeEach
    void open() {
        for (int i = 0; i < NODES; i++) {
            nodes.add(Store.shared(
                    new PostgresLocation(url, Postgres.USER, ""), 10, Duration.ofSeconds(10), Duration.ZERO));
        }
    }

    @AfterEach
    void close() {
        nodes.forEach(Store::close);
    }

    @Test
    void of_the_copies_of_an_event_that_reach_all_nodes_at_once_one_is_new() throws Exception {
        List<List<String>> kept = onEachNode(4, store -> {
            List<String> keys = keys();
            Collections.shuffle(keys, new Random(keys.hashCode()));
            return keys.stream()
                    .filter(key -> WriteStrategy.await(store.keep(arrival(key))).isNew())
                    .toList();
        });
        assertThat(kept.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(keys());
    }

    @Test
    void each_node_decides_its_own_events_and_a_delivery_is_claimed_by_one() throws Exception {
        keepOnAll();
        List<List<String>> decided = onEachNode(1, store -> decideAll(pending(store)));
        assertThat(decided).allMatch(keys -> !keys.isEmpty());
        assertThat(decided.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(keys());

        List<List<String>> delivered = onEachNode(3, store -> deliverAll(new Deliveries(store), Duration.ZERO));
        assertThat(delivered.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(keys());
        assertThat(new Reconciliation(nodes.get(1)).verify()).satisfies(balance -> {
            assertThat(balance.holds()).isTrue();
            assertThat(balance.count("slack", "delivered")).isEqualTo(EVENTS);
        });
    }

    @Test
    void a_node_that_is_gone_leaves_all_that_it_stored_to_another_which_ends_its_log() throws Exception {
        keepOnAll();
        Place gone = pending(nodes.get(2)).ownLog().place().orElseThrow();
        decideAll(pending(nodes.get(0)));
        decideAll(pending(nodes.get(1)));
        Postgres.execute(url, "UPDATE fusewire.event_log SET leased_until = 0 WHERE id = " + gone.log());
        List<List<Place>> taken = onEachNode(2, store -> pending(store).logs().takeOver(LEASE));
        assertThat(taken.stream().flatMap(List::stream)).singleElement().satisfies(place -> {
            assertThat(place.log()).isEqualTo(gone.log());
            assertThat(pending(nodes.get(2)).logs().again(gone, LEASE))
                    .as("it is another's now")
                    .isEmpty();
            PendingEvents other = pending(nodes.get(0));
            assertThat(other.logs().end(place))
                    .as("it is not judged to its end")
                    .isFalse();
            assertThat(decideAll(other, place)).isNotEmpty();
        });
        assertThat(new Reconciliation(nodes.get(1)).verify().holds()).isTrue();
    }

    @Test
    void a_node_whose_log_was_ended_puts_what_comes_into_a_new_one() throws Exception {
        WriteStrategy.await(nodes.get(0).keep(arrival("before")));
        Postgres.execute(url, "UPDATE fusewire.event_log SET leased_until = 0");
        WriteStrategy.await(nodes.get(1).keep(arrival("of another")));
        Place taken = pending(nodes.get(1)).logs().takeOver(LEASE).get(0);
        decideAll(pending(nodes.get(1)), taken);
        assertThat(WriteStrategy.await(nodes.get(0).keep(arrival("after"))).isNew())
                .isTrue();
        Place own = pending(nodes.get(0)).ownLog().place().orElseThrow();
        assertThat(own.log()).isNotEqualTo(taken.log());
        assertThat(decideAll(pending(nodes.get(0)))).containsExactly("after");
        assertThat(new Reconciliation(nodes.get(1)).verify().difference()).isZero();
    }

    @Test
    void a_paced_destination_has_one_in_flight_among_all_nodes() throws Exception {
        keys().forEach(key -> WriteStrategy.await(nodes.get(0).keep(arrival(key))));
        decideAll(pending(nodes.get(0)));
        List<Integer> claimed = onEachNode(3, store -> new Deliveries(store)
                .claim("slack", true, Duration.ofSeconds(1), LEASE)
                .map(delivery -> 1)
                .orElse(0));
        assertThat(claimed).containsOnlyOnce(1);
    }

    @Test
    void alerts_of_a_cause_that_all_nodes_decide_at_once_are_one_incident_that_counts_each() throws Exception {
        keepOnAll();
        onEachNode(1, store -> joinAll(pending(store)));
        assertThat(Postgres.rows(url, "SELECT sum(count) FROM fusewire.incident"))
                .containsExactly("" + EVENTS);
        assertThat(Postgres.rows(url, "SELECT count(*) FROM fusewire.incident")).containsExactly("3");
        assertThat(new Reconciliation(nodes.get(1)).verify().faults()).isEmpty();
    }

    @Test
    void what_is_due_is_done_by_one_of_all_nodes_and_told_once() throws Exception {
        keys().forEach(key -> WriteStrategy.await(nodes.get(0).keep(arrival(key))));
        joinAll(new PendingEvents(nodes.get(0), 100, change -> {}), 50, Duration.ofMillis(1));
        List<IncidentChange> changes = new CopyOnWriteArrayList<>();
        List<List<String>> told = onEachNode(3, store -> {
            new IncidentSchedule(store, changes::add).due();
            return tellAll(new Deliveries(store));
        });
        assertThat(changes).hasSize(50).allSatisfy(change -> assertThat(change.closed())
                .isEqualTo("quiet"));
        List<String> messages =
                new ArrayList<>(told.stream().flatMap(List::stream).toList());
        messages.addAll(tellAll(new Deliveries(nodes.get(0))));
        assertThat(messages)
                .doesNotHaveDuplicates()
                .filteredOn(message -> message.endsWith("CLOSED"))
                .hasSize(50);
        assertThat(new Reconciliation(nodes.get(1)).verify().faults()).isEmpty();
        assertThat(new Reconciliation(nodes.get(1)).verify().difference()).isZero();
    }

    /** Sends what is due; each incident and what was said of it. */
    private static List<String> tellAll(Deliveries deliveries) {
        List<String> told = new ArrayList<>();
        Optional<Delivery> next = deliveries.claim("slack", true, Duration.ZERO, LEASE);
        while (next.isPresent()) {
            IncidentNews.Kind kind = next.get().news().kind(true);
            told.add(next.get().incident() + " " + kind);
            deliveries.settle(Settlement.told(next.get(), kind, Duration.ZERO));
            next = deliveries.claim("slack", true, Duration.ZERO, LEASE);
        }
        return told;
    }

    private static Integer joinAll(PendingEvents pending) {
        return joinAll(pending, 3, Duration.ofMinutes(15));
    }

    private static Integer joinAll(PendingEvents pending, int causes, Duration resolveAfter) {
        Grouping grouping = new Grouping(List.of(), Duration.ZERO, Duration.ZERO, null, resolveAfter, false, null);
        return decideAll(pending, pending.ownLog().place().orElseThrow(), claimed -> {
                    String cause =
                            "cause " + Math.floorMod(claimed.event().key().hashCode(), causes);
                    return new Decision(
                            claimed,
                            List.of(),
                            List.of(new Decision.Joined(
                                    new AlertSpec("rule", "error", false, grouping),
                                    new Decision.Cause(cause, "further", "default", "p1", Map.of()),
                                    0,
                                    "text",
                                    null,
                                    null,
                                    List.of(StoreFixture.alert("slack", "default", cause, false)))),
                            null,
                            null);
                })
                .size();
    }

    @Test
    void times_are_the_databases_own() {
        long before = Long.parseLong(clock());
        WriteStrategy.await(nodes.get(0).keep(arrival("a")));
        long after = Long.parseLong(clock());
        assertThat(Long.parseLong(Postgres.rows(url, "SELECT received_at FROM fusewire.event")
                        .get(0)))
                .isBetween(before, after);
    }

    private String clock() {
        return Postgres.rows(url, "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")
                .get(0);
    }

    private static PendingEvents pending(Store node) {
        return new PendingEvents(node, StoreFixture.MOST_OPEN, change -> {});
    }

    /** A third of the events at each. */
    private void keepOnAll() {
        List<String> keys = keys();
        for (int i = 0; i < keys.size(); i++) {
            WriteStrategy.await(nodes.get(i % NODES).keep(arrival(keys.get(i))));
        }
    }

    private static List<String> decideAll(PendingEvents pending) {
        return decideAll(pending, pending.ownLog().place().orElseThrow());
    }

    private static List<String> decideAll(PendingEvents pending, Place from) {
        return decideAll(
                pending,
                from,
                claimed -> StoreFixture.decision(
                        claimed,
                        StoreFixture.alert("slack", "default", claimed.event().key(), false)));
    }

    /** The keys of all that was behind the place; a log of another node is ended then. */
    private static List<String> decideAll(PendingEvents pending, Place from, Function<ClaimedEvent, Decision> decide) {
        List<String> decided = new ArrayList<>();
        Place place = from;
        for (List<ClaimedEvent> batch = pending.after(place, 7); !batch.isEmpty(); batch = pending.after(place, 7)) {
            place = pending.settle(place, batch.stream().map(decide).toList(), LEASE)
                    .orElseThrow();
            batch.forEach(event -> decided.add(event.event().key()));
        }
        boolean own = pending.ownLog().place().orElseThrow().log() == place.log();
        assertThat(own || pending.logs().end(place)).isTrue();
        return decided;
    }

    private static List<String> deliverAll(Deliveries deliveries, Duration pace) {
        Set<String> delivered = new HashSet<>();
        deliveries.claim("slack", true, pace, LEASE).ifPresent(first -> {
            Delivery next = first;
            while (next != null) {
                assertThat(delivered.add(next.event().key())).isTrue();
                deliveries.settle(Settlement.delivered(next, pace));
                next = deliveries.claim("slack", true, pace, LEASE).orElse(null);
            }
        });
        return List.copyOf(delivered);
    }

    private static List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            keys.add("event-" + i);
        }
        return keys;
    }

    /** What each of so many threads on each node came to. */
    private <T> List<T> onEachNode(int threads, Function<Store, T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(NODES * threads);
        try {
            List<Callable<T>> tasks = new ArrayList<>();
            for (Store node : nodes) {
                tasks.addAll(Collections.nCopies(threads, () -> work.apply(node)));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> done : pool.invokeAll(tasks)) {
                results.add(done.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private static NewEvent arrival(String key) {
        return new NewEvent(key, "default", "trace.updated", new byte[] {1});
    }
}
