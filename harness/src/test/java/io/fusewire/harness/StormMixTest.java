package io.fusewire.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A storm has the errors that it is said to have, and none of them twice. */
class StormMixTest {
    private final StormMix mix = new StormMix(7);

    @Test
    void there_are_as_many_errors_of_each_kind_as_are_said() {
        for (int errors : new int[] {1, 2, 3, 100, 3_000, 3_001}) {
            List<Optional<Integer>> kinds = IntStream.range(0, StormMix.eventsWith(errors))
                    .mapToObj(number -> StormMix.kind(mix.event(number).body()))
                    .filter(Optional::isPresent)
                    .toList();
            assertThat(kinds).hasSize(errors);
            for (int kind = 0; kind < StormMix.kinds(); kind++) {
                int of = kind;
                assertThat(kinds.stream().filter(one -> one.equals(Optional.of(of))))
                        .hasSize((int) StormMix.ofKind(kind, errors));
            }
        }
    }

    @Test
    void no_two_events_are_the_same_and_a_number_is_always_the_same_event() {
        Set<String> bodies = new HashSet<>();
        for (int number = 0; number < 3_000; number++) {
            assertThat(bodies.add(mix.event(number).body())).isTrue();
            assertThat(mix.event(number)).isEqualTo(new StormMix(7).event(number));
        }
    }

    @Test
    void a_message_of_several_kinds_is_of_none() {
        assertThat(StormMix.kind("RateLimitError, ContextOverflow")).isEmpty();
        assertThat(StormMix.kind("resolved")).isEmpty();
    }
}
