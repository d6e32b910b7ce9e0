package io.fusewire.event;

import static io.fusewire.event.Reading.different;
import static io.fusewire.event.Reading.key;
import static io.fusewire.event.Reading.monitor;
import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.error.UnreadableEventException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LangfuseKeyTest {
    private static final String RUN = "2026-08-22T08:21:00.000Z";

    @Test
    void two_automations_deliveries_of_one_monitor_run_are_one_event() throws UnreadableEventException {
        assertThat(key(monitor("1", "ALERT", RUN))).isEqualTo(key(monitor("2", "ALERT", RUN)));
    }

    @Test
    void another_run_severity_monitor_or_project_is_another_event() throws UnreadableEventException {
        String alert = monitor("1", "ALERT", RUN);
        different(
                alert,
                monitor("1", "OK", RUN),
                monitor("1", "ALERT", "2026-08-22T08:22:00.000Z"),
                alert.replace("'m1'", "'m2'"),
                alert.replace("'p1'", "'p2'"));
    }

    @Test
    void a_monitor_alert_that_lacks_a_part_goes_by_its_id() throws UnreadableEventException {
        for (String part : List.of("monitorId", "projectId", "severity")) {
            String one = monitor("1", "ALERT", RUN).replace("'" + part + "'", "'absent'");
            assertThat(key(one)).as(part).isEqualTo("monitor-alert|id=1");
        }
        assertThat(key(monitor("1", "ALERT", ""))).isEqualTo("monitor-alert|id=1");
    }

    @Test
    void other_langfuse_bodies_go_by_type_and_id() throws UnreadableEventException {
        assertThat(key("{'type':'prompt-version','id':'1','timestamp':'x'}"))
                .isEqualTo(key("{'type':'prompt-version','id':'1','timestamp':'y'}"))
                .isEqualTo("prompt-version|id=1");
        different("{'type':'prompt-version','id':'1'}", "{'type':'project-notification','id':'1'}");
    }

    @Test
    void a_langfuse_body_without_an_id_goes_by_its_bytes() throws UnreadableEventException {
        String body = "{'type':'prompt-version','action':'created'}";
        assertThat(key(body)).isEqualTo(key(body)).matches("prompt-version\\|body=[0-9a-f]{64}");
        different(body, body.replace("created", "deleted"), body + " ");
    }
}
