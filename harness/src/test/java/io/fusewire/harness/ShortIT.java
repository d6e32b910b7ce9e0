package io.fusewire.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The short form of the scenarios, against the jar that the root's build made. */
class ShortIT {
    @Test
    void every_promise_is_kept() throws Exception {
        Report report = Main.runShort();
        assertThat(report.isKept()).as(report.toString()).isTrue();
    }
}
