package io.fusewire.harness.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {
    private final Figures figures = new Figures();

    @Test
    void a_round_that_others_disturbed_is_counted_for_what_was_measured_in_it_and_for_nothing_else() {
        figures.add("rate", "one", 10);
        figures.foreign(0.01);
        figures.add("rate", "other", 20);
        figures.foreign(0.2);
        figures.add("rate", "one", 30);
        figures.add("memory", "one", 5);
        figures.foreign(0.06);
        assertThat(figures.toString())
                .contains(
                        "| rate | one | 20.0 | 10.0 | 30.0 | 2 | 1 |",
                        "| rate | other | 20.0 | 20.0 | 20.0 | 1 | 1 |",
                        "| memory | one | 5.0 | 5.0 | 5.0 | 1 | 1 |");
    }
}
