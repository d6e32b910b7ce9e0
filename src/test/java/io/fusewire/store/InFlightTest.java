package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.store.FakeInFlight.Held;
import io.fusewire.store.Inbox.NewEvent;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a gateway has just stored is in its memory, in the order of its log, as far as there is room. */
@OnEachDatabase
class InFlightTest {
    @RegisterExtension
    final StoreFixture fixture = new StoreFixture();

    @BeforeEach
    void open() {
        fixture.inFlight.open = true;
    }

    @Test
    void each_event_says_which_one_is_before_it_in_its_log() {
        List.of("a", "b", "c").forEach(fixture::add);
        List<Held> held = fixture.inFlight.held;
        assertThat(held).extracting(one -> one.event().key()).containsExactly("a", "b", "c");
        assertThat(held.get(0).before()).isEqualTo(fixture.place().judged());
        assertThat(held.get(1).before()).isEqualTo(held.get(0).event().id());
        assertThat(held.get(2).before()).isEqualTo(held.get(1).event().id());
        assertThat(held).extracting(Held::log).containsOnly(fixture.place().log());
        assertThat(fixture.pending.logs().end()).isEqualTo(held.get(2).event().id());
    }

    @Test
    void after_a_commit_of_which_nobody_knows_nothing_is_taken_for_what_is_before() {
        fixture.add("a");
        OwnLog log = fixture.store.log();
        fixture.store.write(session -> log.write(session, List.of()));
        fixture.add("b");
        assertThat(fixture.inFlight.held.get(1).before()).isEqualTo(OwnLog.UNKNOWN);
        assertThat(fixture.pending.logs().end())
                .isEqualTo(fixture.inFlight.held.get(1).event().id());
    }

    @Test
    void a_duplicate_is_not_in_hand_and_leaves_its_room() {
        fixture.add("a");
        int room = fixture.inFlight.reserved;
        assertThat(fixture.add("a")).isFalse();
        assertThat(fixture.inFlight.held).hasSize(1);
        assertThat(fixture.inFlight.reserved).isEqualTo(room);
    }

    @Test
    void a_look_brings_no_more_into_memory_than_fits_and_leaves_the_rest_to_the_next() {
        byte[] large = new byte[3 << 20];
        for (String key : List.of("a", "b", "c")) {
            WriteStrategy.await(fixture.store.keep(new NewEvent(key, "default", "trace.updated", large)));
        }
        for (String key : List.of("a", "b", "c")) {
            assertThat(fixture.next(10))
                    .extracting(claimed -> claimed.event().key())
                    .containsExactly(key);
        }
    }
}
