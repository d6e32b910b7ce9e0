package io.fusewire.event;

import static io.fusewire.event.Reading.monitor;
import static io.fusewire.event.Reading.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.error.UnreadableEventException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LangfuseBodyTest {
    private static final String RUN = "2026-08-22T08:21:00.000Z";

    @Test
    void the_type_is_looked_at_before_the_event() throws UnreadableEventException {
        assertThat(read("{'type':'project-notification','event':{'eventType':'evaluator-blocked'}}")
                        .type())
                .isEqualTo("project-notification");
        assertThat(read("{'type':'x','event':'trace.created'}").type()).isEqualTo("x");
        assertThat(read("{'type':' ','event':'trace.created'}").type()).isEqualTo("trace.created");
        assertThat(read("{'type':5,'event':'trace.created'}").type()).isEqualTo("trace.created");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALERT", "WARNING", "OK", "NO_DATA"})
    void a_monitor_is_one_subject_whatever_its_severity(String severity) throws UnreadableEventException {
        Event event = read(monitor("1", severity, RUN));
        assertThat(event.labels())
                .containsEntry("monitorSeverity", severity)
                .containsEntry("subject", "m1")
                .containsEntry("monitor", "m1")
                .containsEntry("project", "p1")
                .containsEntry("name", "[" + severity + "] latency")
                .containsEntry("trace", "none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"created", "updated", "deleted"})
    void a_prompt_is_known_by_name_action_and_labels(String action) throws UnreadableEventException {
        Event event = read("{'type':'prompt-version','id':'1','action':'" + action
                + "','prompt':{'name':'team/critic','projectId':'p1','labels':['production',null,{},'latest']}}");
        assertThat(event.labels())
                .containsEntry("action", action)
                .containsEntry("name", "team/critic")
                .containsEntry("subject", "team/critic")
                .containsEntry("project", "p1")
                .containsEntry("promptLabels", List.of("production", "latest"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"blob-export-failed", "posthog-export-failed", "evaluator-blocked", "brand-new"})
    void a_notification_is_known_by_kind_and_resource(String kind) throws UnreadableEventException {
        Event event = read("{'type':'project-notification','id':'1','event':{'severity':'ALERT','projectId':'p1',"
                + "'resourceId':'r1','resourceName':'judge','eventType':'" + kind + "'}}");
        assertThat(event.labels())
                .containsEntry("action", kind)
                .containsEntry("subject", kind + "/r1")
                .containsEntry("name", "judge")
                .containsEntry("monitorSeverity", "ALERT")
                .containsEntry("project", "p1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"monitor-alert", "prompt-version", "project-notification", "brand-new"})
    void a_body_that_lacks_everything_is_about_itself(String type) throws UnreadableEventException {
        Event event = read("{'type':'" + type + "','payload':7,'prompt':{'labels':'x'},'event':[]}");
        assertThat(event.labels())
                .containsEntry("type", type)
                .containsEntry("subject", event.key())
                .containsEntry("project", "none")
                .containsEntry("monitorSeverity", "none")
                .containsEntry("monitor", "none")
                .containsEntry("error", "none")
                .containsEntry("promptLabels", List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"monitor-alert", "prompt-version", "project-notification", "brand-new"})
    void a_body_of_any_type_may_hold_a_status_message(String type) throws UnreadableEventException {
        assertThat(read("{'type':'" + type + "','data':{'statusMessage':'Timeout after 30s'}}")
                        .label("error"))
                .isEqualTo("Timeout after #");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'projectId':'p1'",
                "'payload':{'projectId':'p1'}",
                "'data':{'projectId':'p1'}",
                "'event':{'projectId':'p1'}"
            })
    void an_unknown_type_is_read_as_far_as_it_goes(String rest) throws UnreadableEventException {
        Event event = read("{'type':'brand-new','id':'1','apiVersion':'v2','action':'made'," + rest + "}");
        assertThat(event.labels()).containsEntry("project", "p1").containsEntry("action", "made");
    }
}
