package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fusewire.store.Inbox.NewEvent;
import io.fusewire.store.Inbox.NewEvent.Kept;
import io.fusewire.store.Inbox.Stored;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sixteen bytes stand for a key, and those that share them are told apart all the same. */
@OnEachDatabase
class EventIdentityTest {
    @RegisterExtension
    final StoreFixture fixture = new StoreFixture();

    @Test
    void the_later_time_stamp_comes_behind_whatever_else_the_keys_say() {
        List<EventIdentity> identities = Stream.of(
                        "no time",
                        "z|timestamp=1970-01-01T00:00:00Z|body=ff",
                        "y|timestamp=2026-11-28T10:00:00Z|body=fe",
                        "x|timestamp=2026-11-28T10:00:00.120Z|body=fd",
                        "w|timestamp=2026-11-28T10:00:00.13Z|body=fc",
                        "v|project=p|timestamp=2026-11-28T10:00:01Z",
                        "u|timestamp=2100-01-01T00:00:00.000000Z|body=fa",
                        "t|timestamp=99999999999999999999999|body=f9")
                .map(EventIdentity::of)
                .toList();
        assertThat(identities).isSorted().doesNotHaveDuplicates().allMatch(identity -> identity.bytes().length == 16);
    }

    @Test
    void no_two_of_many_keys_share_one() {
        assertThat(IntStream.range(0, 100_000).mapToObj(i -> EventIdentity.of("t|id=" + i)))
                .doesNotHaveDuplicates();
    }

    @Test
    void a_key_that_shares_another_s_is_stored_beside_it_and_its_copies_are_known() throws SQLException {
        takeIdentityOf("a", "another key");
        Stored first = fixture.stored("a", "default");
        assertThat(first.isNew()).isTrue();
        assertThat(fixture.stored("b", "default").number()).isGreaterThan(first.number());
        assertThat(fixture.stored("a", "default")).isEqualTo(new Stored(first.number(), false));
        assertThat(fixture.stored("another key", "default").isNew()).isTrue();
        assertThat(fixture.inbox.find("default", "a")).isPresent();
        assertThat(new EventHistory(fixture.store).find("a"))
                .singleElement()
                .satisfies(told -> assertThat(told.event().id()).isEqualTo(first.number()));
        assertThat(new Reconciliation(fixture.store).verify().holds()).isTrue();
    }

    @Test
    void many_that_share_one_in_one_batch_are_all_stored_and_judged() {
        EventIdentity shared = EventIdentity.of("shared");
        List<Kept> kept = new Random(7)
                        .ints(60, 0, 20)
                        .mapToObj(i -> fixture.store.keep(new NewEvent(shared, "k" + i, "default", "t", body())))
                        .toList()
                        .stream()
                        .map(WriteStrategy::await)
                        .toList();
        long different = new Random(7).ints(60, 0, 20).distinct().count();
        assertThat(kept).filteredOn(Kept::isNew).hasSize((int) different);
        assertThat(fixture.rows("SELECT count(DISTINCT key) FROM event")).containsExactly("" + different);
        assertThat(fixture.rows("SELECT count(DISTINCT identity) FROM event")).containsExactly("" + different);
    }

    @Test
    void nobody_has_the_place_of_the_two_hundred_and_fifty_seventh() throws SQLException {
        EventIdentity last = EventIdentity.of("a").last();
        assertThatThrownBy(last::next).isInstanceOf(IllegalStateException.class);
    }

    private static byte[] body() {
        return "{}".getBytes(StandardCharsets.UTF_8);
    }

    private void takeIdentityOf(String key, String other) throws SQLException {
        fixture.stored("first, so that there is a log", "default");
        try (Connection connection = fixture.connect();
                PreparedStatement insert = connection.prepareStatement("UPDATE event SET identity = ?, key = ?")) {
            insert.setBytes(1, EventIdentity.of(key).bytes());
            insert.setString(2, other);
            insert.executeUpdate();
        }
    }
}
