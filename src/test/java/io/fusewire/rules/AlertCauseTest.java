package io.fusewire.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.event.EventReader;
import io.fusewire.rules.AlertRouting.AlertCause;
import io.fusewire.store.Decision.AlertSpec;
import io.fusewire.store.Decision.Cause;
import io.fusewire.store.Decision.Grouping;
import io.fusewire.store.Decision.Joined;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which incident an event's alert joins, whatever the event's labels say. */
class AlertCauseTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant RECEIVED = Instant.parse("2026-11-29T12:00:00Z");
    private static final Grouping GROUPING =
            new Grouping(List.of("source", "project", "name"), Duration.ZERO, Duration.ZERO, null, null, false, null);

    @Test
    void a_label_that_is_not_grouped_by_tells_no_cause_apart() throws Exception {
        assertThat(joined("p", "n", "one").cause())
                .isEqualTo(joined("p", "n", "another").cause());
    }

    @Test
    void every_difference_in_a_label_that_is_grouped_by_makes_another_cause() throws Exception {
        String longName = "n".repeat(1 << 20);
        assertThat(List.of(
                                joined("p", "n", "m"),
                                joined("p,n", "", "m"),
                                joined("p", "N", "m"),
                                joined("p", "n ", "m"),
                                joined("p", "n\0", "m"),
                                joined("p", longName, "m"),
                                joined("p", longName + "!", "m"))
                        .stream()
                        .map(Joined::cause)
                        .map(Cause::key))
                .doesNotHaveDuplicates()
                .allSatisfy(key -> assertThat(key).hasSizeLessThan(256).matches("[ -~]+"));
    }

    @ParameterizedTest
    @CsvSource({"0000", "D800", "DC00", "001B", "2028"})
    void what_is_kept_of_labels_and_texts_is_short_and_any_database_stores_it(String code) throws Exception {
        String hostile = "a" + (char) Integer.parseInt(code, 16) + "b".repeat(1 << 20);
        Joined joined = joined(hostile, hostile, hostile);
        assertThat(joined.cause().project()).startsWith("a").hasSize(510).doesNotContain("\0", "\033");
        assertThat(joined.cause().labels().values()).allSatisfy(label -> {
            assertThat(label.length()).isLessThanOrEqualTo(510);
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(label)).isTrue();
        });
        assertThat(joined.text()).hasSizeLessThanOrEqualTo(200);
        assertThat(joined.trace()).as("no link leads to a part of an id").isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-29T11:59:00Z, 2026-11-29T11:59:00Z",
        "2026-11-29T13:59:00+02:00, 2026-11-29T11:59:00Z",
        "2026-11-30T12:00:00Z, 2026-11-29T12:00:00Z",
        "1970-01-01T00:00:00Z, 2026-11-29T12:00:00Z",
        "yesterday, 2026-11-29T12:00:00Z"
    })
    void the_event_s_own_time_decides_where_it_can_be_true(String told, Instant at) throws Exception {
        assertThat(Instant.ofEpochMilli(joined("p", "n", "m", told).at())).isEqualTo(at);
    }

    private static Joined joined(String project, String name, String message) throws Exception {
        return joined(project, name, message, "2026-11-29T11:59:00Z");
    }

    private static Joined joined(String project, String name, String message, String time) throws Exception {
        ObjectNode event = JSON.createObjectNode()
                .put("event", "trace.updated")
                .put("id", "1")
                .put("timestamp", time);
        event.putObject("data")
                .put("projectId", project)
                .put("traceId", name)
                .put("name", name)
                .put("level", "ERROR")
                .put("statusMessage", message);
        return AlertCause.joined(
                new EventReader().read(JSON.writeValueAsString(event).getBytes(StandardCharsets.UTF_8), "default"),
                RECEIVED,
                new AlertSpec("rule", "error", false, GROUPING),
                null,
                List.of());
    }
}
