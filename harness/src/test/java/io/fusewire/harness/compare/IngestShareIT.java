package io.fusewire.harness.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Speed, as a share of what a bare server does in the same run: a wide margin, which only a real fall breaks. */
class IngestShareIT {
    private static final double LEAST = 0.02;

    @Test
    void the_gateway_keeps_its_share_of_what_a_bare_server_answers() throws Exception {
        assumeTrue(List.of("/usr/bin/wrk", "/usr/local/bin/wrk").stream().anyMatch(wrk -> Files.exists(Path.of(wrk))));
        double share = Comparison.share();
        System.out.printf("Events stored and answered, as a share of a bare server's answers: %.3f%n", share);
        assertThat(share).isGreaterThan(LEAST);
    }
}
