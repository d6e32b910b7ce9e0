package io.fusewire.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.store.Decision.IncidentChange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each cause for which nobody is told of an incident's alerts has a line that names it. */
class SuppressionLogTest {
    private final List<String> lines = new ArrayList<>();
    private final SuppressionLog log = new SuppressionLog(lines::add);

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "false, 3, 0, silence 4, 'Alerts of rule trace-error held, silence 4 (3 times).'",
                "true, 2, 0, -, 'Alerts of rule trace-error folded into one incident, rules.max-open-incidents are open (2 times).'",
                "false, 1, 1, -, 'Alerts of rule trace-error not told, older than the recovery that closed their incident.'"
            })
    void a_cause_is_told_with_how_often(boolean folded, long alerts, long late, String held, String line) {
        log.changed(change(folded, alerts, late, held), alerts - late);
        log.tell();
        assertThat(lines).containsExactly(line);
    }

    @Test
    void what_is_told_as_usual_has_no_line() {
        log.changed(change(false, 5, 0, null), 5);
        log.tell();
        assertThat(lines).isEmpty();
    }

    private static IncidentChange change(boolean folded, long alerts, long late, String held) {
        return new IncidentChange("trace-error", false, folded, alerts, late, null, held);
    }
}
