package io.fusewire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LangfuseLinksTest {
    private static final String BASE = "https://cloud.langfuse.com/project/";

    private static Alert alert(String type, String event, Map<String, String> known) {
        Map<String, Object> labels = Alerts.labels(type);
        labels.putAll(known);
        return Alerts.alert(Alerts.json(event), labels, "rule", "info", false);
    }

    private static String view(String type, String event, Map<String, String> known) {
        return Alerts.LINKS.view(alert(type, event, known)).orElse("none");
    }

    @Test
    void a_trace_is_found_in_its_project() {
        assertThat(view("trace.created", "{}", Map.of("project", "p1", "trace", "t1")))
                .isEqualTo(BASE + "p1/traces/t1");
    }

    @Test
    void an_observation_is_found_in_its_trace() {
        assertThat(view("generation.created", "{}", Map.of("project", "p1", "trace", "t1", "observation", "o/1")))
                .isEqualTo(BASE + "p1/traces/t1?observation=o%2F1");
    }

    @Test
    void an_unknown_project_is_the_sentinel() {
        assertThat(view("trace.created", "{}", Map.of("trace", "t1"))).isEqualTo(BASE + "~/traces/t1");
    }

    @Test
    void every_segment_is_percent_encoded() {
        assertThat(view("trace.created", "{}", Map.of("project", "a/b?c", "trace", "é #\"><|\ud83d")))
                .isEqualTo(BASE + "a%2Fb%3Fc/traces/%C3%A9%20%23%22%3E%3C%7C%3F");
    }

    @Test
    void no_segment_leads_up() {
        assertThat(view("trace.created", "{}", Map.of("project", "..", "trace", "t1")))
                .isEqualTo(BASE + "~/traces/t1");
        assertThat(view("trace.created", "{}", Map.of("project", "p1", "trace", "..")))
                .isEqualTo(BASE + "p1");
    }

    @Test
    void a_prompt_is_found_by_name_and_version() {
        assertThat(view(
                        "prompt-version",
                        "{\"prompt\":{\"version\":3}}",
                        Map.of("project", "p1", "name", "a folder/b")))
                .isEqualTo(BASE + "p1/prompts/a%20folder%2Fb?version=3");
        assertThat(view("prompt-version", "{\"prompt\":{\"version\":\"3&x\"}}", Map.of("project", "p1", "name", "b")))
                .isEqualTo(BASE + "p1/prompts/b");
    }

    @Test
    void a_monitor_is_found_where_it_says_or_else_among_the_alerts() {
        assertThat(view("monitor-alert", "{\"payload\":{\"permalink\":\"https://lf.example/x?a=1&b=2\"}}", Map.of()))
                .isEqualTo("https://lf.example/x?a=1&b=2");
        assertThat(view("monitor-alert", "{\"payload\":{\"monitorId\":\"m1\"}}", Map.of("project", "p1")))
                .isEqualTo(BASE + "p1/alerts/m1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JavaScript://cloud.langfuse.com/%0aalert(1)",
                "data:text/html,x",
                "//evil.example/x",
                "/project/p1",
                "https://cloud.langfuse.com@evil.example/",
                "https://",
                "https://a b/",
                "https://lf.example/<!channel>",
                "https://lf.example/a|b",
                ""
            })
    void an_address_that_is_not_plainly_of_the_web_is_no_link(String address) {
        String event = "{\"payload\":{\"permalink\":\"%1$s\",\"dataPermalink\":\"%1$s\"},\"event\":{\"url\":\"%1$s\"}}"
                .formatted(address);
        assertThat(view("monitor-alert", event, Map.of("project", "p1"))).isEqualTo(BASE + "p1/alerts");
        assertThat(view("project-notification", event, Map.of("project", "p1"))).isEqualTo(BASE + "p1");
        assertThat(Alerts.LINKS.data(alert("monitor-alert", event, Map.of()))).isEmpty();
    }

    @Test
    void only_a_monitor_has_data() {
        String event = "{\"payload\":{\"dataPermalink\":\"https://lf.example/d\"}}";
        assertThat(Alerts.LINKS.data(alert("monitor-alert", event, Map.of()))).contains("https://lf.example/d");
        assertThat(Alerts.LINKS.data(alert("trace.created", event, Map.of()))).isEmpty();
    }

    @Test
    void a_score_without_a_trace_leads_to_the_scores_and_an_unknown_event_to_its_project() {
        assertThat(view("score.created", "{}", Map.of("project", "p1"))).isEqualTo(BASE + "p1/scores");
        assertThat(view("session.created", "{}", Map.of("project", "p1"))).isEqualTo(BASE + "p1");
        assertThat(view("session.created", "{}", Map.of())).isEqualTo("none");
    }

    @Test
    void a_link_over_3000_characters_is_left_out() {
        String id = "t".repeat(3000 - (BASE + "p1/traces/").length());
        assertThat(view("trace.created", "{}", Map.of("project", "p1", "trace", id)))
                .hasSize(3000);
        assertThat(view("trace.created", "{}", Map.of("project", "p1", "trace", id + "t")))
                .isEqualTo("none");
    }

    @Test
    void the_base_may_have_a_path_and_a_slash_but_must_be_of_the_web() {
        Alert alert = alert("trace.created", "{}", Map.of("project", "p1", "trace", "t1"));
        assertThat(new LangfuseLinks("http://lf.internal:3000/ui/", Map.of()).view(alert))
                .contains("http://lf.internal:3000/ui/project/p1/traces/t1");
        assertThatThrownBy(() -> new LangfuseLinks("cloud.langfuse.com", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("langfuse.base-url");
    }
}
