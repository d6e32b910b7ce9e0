package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.store.Inbox.NewEvent;
import io.fusewire.store.Inbox.NewEvent.Kept;
import io.fusewire.store.Inbox.Stored;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who stores an event is told its number, be it new or a copy. */
@OnEachDatabase
class EventNumbersTest {
    @RegisterExtension
    final StoreFixture fixture = new StoreFixture();

    @Test
    void a_new_event_and_its_copies_have_one_number_and_another_source_s_has_another() {
        Stored first = fixture.stored("a", "default");
        Stored other = fixture.stored("a", "other");
        assertThat(first.isNew()).isTrue();
        assertThat(first.number()).isPositive();
        assertThat(other.isNew()).isTrue();
        assertThat(other.number()).isNotEqualTo(first.number());
        assertThat(fixture.stored("a", "default")).isEqualTo(new Stored(first.number(), false));
        assertThat(fixture.stored("a", "other")).isEqualTo(new Stored(other.number(), false));
        assertThat(fixture.rows("SELECT id FROM event WHERE source = 'other'"))
                .containsExactly(String.valueOf(other.number()));
    }

    /** More than one statement takes, so that each way of storing has new ones and copies. */
    @Test
    void copies_in_one_batch_have_the_number_of_the_first() {
        long known = fixture.stored("k1", "default").number();
        List<CompletableFuture<Kept>> all = IntStream.range(0, 60)
                .mapToObj(i -> fixture.store.keep(
                        new NewEvent("k" + i % 20, "default", "t", "{}".getBytes(StandardCharsets.UTF_8))))
                .toList();
        List<Kept> kept = all.stream().map(WriteStrategy::await).toList();
        assertThat(kept).filteredOn(Kept::isNew).hasSize(19);
        for (int i = 0; i < 60; i++) {
            assertThat(kept.get(i).id())
                    .isEqualTo(kept.get(i % 20).id())
                    .isEqualTo(i % 20 == 1 ? known : kept.get(i).id())
                    .isPositive();
        }
    }
}
