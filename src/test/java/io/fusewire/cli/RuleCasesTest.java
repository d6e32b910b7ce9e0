package io.fusewire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A case of incidents fails where they are not what it expects, and says how they are. */
class RuleCasesTest {
    private static final String RULES =
            """
            - route:
                id: own
                description: Two rules of our own, of which one yields to the other.
                from:
                  uri: fusewire:events
                  steps:
                    - filter:
                        id: down
                        simple: ${header.type} == 'down'
                        steps:
                          - to: {id: down-alert, uri: fusewire:alert/down, parameters: {severity: critical, sinks: slack, groupBy: project, groupWait: 10s, groupInterval: 1m, repeatInterval: 3m, resolveAfter: 10m}}
                    - filter:
                        id: slow
                        simple: ${header.type} in 'slow,down'
                        steps:
                          - to: {id: slow-alert, uri: fusewire:alert/slow, parameters: {severity: warning, sinks: teams, groupBy: project, groupInterval: 1m, resolveAfter: 30m, unless: down}}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void own_rules() throws Exception {
        Files.createDirectories(folder.resolve("routes/rules"));
        Files.writeString(folder.resolve("routes/rules/own.camel.yaml"), RULES);
    }

    @Test
    void what_is_gathered_repeated_and_held_back_can_be_said() throws Exception {
        assertThat(check(
                        """
                        - case: gathered and repeated
                          events:
                            - {at: 0s, event: {event: down, data: {projectId: p1}}, incident: {rule: down, is: opened}}
                            - {at: 5s, event: {event: down, data: {projectId: p1}}, incident: {rule: down, is: joined}}
                          told:
                            slack: [10s opened 2, 3m5s still-open 2, 6m5s still-open 2, 9m5s still-open 2, 10m5s closed 2 quiet]
                            teams: [10m5s opened 2]
                        - case: held back
                          events:
                            - {at: 0s, event: {event: down, data: {projectId: p1}}}
                            - at: 1m
                              event: {event: slow, data: {projectId: p1}}
                              incident: {is: joined, count: 2, held: rule down has an open incident}
                            - at: 1m
                              event: {event: slow, data: {projectId: p2}}
                              incident: {is: opened, group: {project: p2}}
                            - {at: 10m, incident: {is: closed, rule: down, reason: quiet}}
                            - {at: 10m, incident: {is: open, rule: slow, group: {project: p1}}}
                          told:
                            slack: [10s opened, 3m still-open, 6m still-open, 9m still-open, 10m closed]
                            teams: [1m opened 1, 10m opened 2]
                        """,
                        0))
                .endsWith("cases hold.\n");
    }

    @Test
    void a_rule_may_yield_to_another_by_a_property() throws Exception {
        Files.writeString(folder.resolve("application.properties"), "rules.low-score.unless = trace-error\n");
        assertThat(check(
                        """
                        - case: a low score while traces fail
                          events:
                            - {at: 0s, event: {event: trace.updated, data: {projectId: p1, traceId: t1, level: ERROR}}}
                            - at: 1m
                              event: {event: score.created, data: {projectId: p1, traceId: t1, name: quality, value: 0.1}}
                              incident: {is: opened, rule: low-score, held: rule trace-error has an open incident}
                          told:
                            slack: [0s opened]
                            pagerduty: [0s opened]
                        """,
                        0))
                .endsWith("cases hold.\n");
    }

    @Test
    void each_difference_is_said_as_it_is() throws Exception {
        assertThat(check(
                        """
                        - case: wrong
                          events:
                            - {at: 0s, event: {event: slow, data: {projectId: p1}}, incident: joined}
                            - {at: 1m, event: {event: slow, data: {projectId: p1}}, incident: {is: joined, count: 3, severity: error, reason: quiet}}
                            - {at: 2m, event: {event: slow, data: {projectId: p1}}, incident: none}
                            - {at: 3m, event: {event: slow, data: {projectId: p1}}, incident: {rule: down, is: opened}}
                            - {at: 4m, event: {event: mild, data: {projectId: p1}}, incident: opened}
                            - {at: 5m, event: {event: down, data: {projectId: p1}}, incident: opened}
                            - {at: 6m, incident: {is: closed, rule: slow}}
                            - {at: 6m, incident: {is: open, group: {project: p2}}}
                            - {at: 7m, event: {event: slow, data: {projectId: p3}}, incident: {group: {project: p4, name: x}}}
                          told:
                            teams: [0s opened 2, 1m developing]
                        - case: told what nobody expects
                          events:
                            - {at: 0s, event: {event: slow, data: {projectId: p1}}}
                          told: {}
                        - case: no event
                          events:
                            - {at: 0s, event: {data: {projectId: p1}}, incident: none}
                        """,
                        1))
                .contains("rules/own.yaml, case 'wrong': at 0s the incident of slow: is opened and not joined;"
                        + " at 1m the incident of slow: count 2 and not 3, severity warning and not error, reason nothing"
                        + " and not quiet; at 2m it joins an incident of slow; at 3m it joins no incident but of slow;"
                        + " at 4m it joins no incident; at 5m it joins incidents of down, slow; say of which rule;"
                        + " at 6m the incident of slow: is open and not closed; at 6m there is no such incident;"
                        + " at 7m the incident of slow: project p3 and not p4, name nothing and not x;"
                        + " slack is told 5m10s opened 1 and not nothing;"
                        + " teams is told 0s opened 1, 1m developing 2, 2m developing 3, 3m developing 4, 7m opened 1"
                        + " and not 0s opened 2, 1m developing\n")
                .contains("case 'told what nobody expects': teams is told 0s opened 1 and not nothing\n")
                .contains("case 'no event': The event has no type.\n")
                .contains("3 of ");
    }

    @Test
    void a_case_of_one_event_may_say_its_incident_too() throws Exception {
        String one =
                """
                - case: slow
                  event: {event: slow, data: {projectId: p1}}
                  fires: [slow warning]
                  reaches: [teams]
                  incident: {is: opened, group: {project: p1}}
                  told: {teams: [0s opened]}
                """;
        assertThat(check(one, 0)).endsWith("cases hold.\n");
        assertThat(check(one.replace("warning", "error").replace("is: opened", "is: closed"), 1))
                .contains(
                        "case 'slow': fires slow warning and not slow error; at 0s the incident of slow: is opened and"
                                + " not closed\n");
    }

    @Test
    void what_a_case_says_of_a_day_takes_no_time() throws Exception {
        long began = System.nanoTime();
        assertThat(check(
                        """
                        - case: much
                          events:
                            - {at: 0s, event: {event: down, data: {projectId: p1}}}
                            - {at: 7d, incident: {is: closed, rule: down}}
                        """,
                        0))
                .endsWith("cases hold.\n");
        assertThat(System.nanoTime() - began).isLessThan(60_000_000_000L);
    }

    @Test
    void a_case_in_which_too_much_falls_due_is_refused() throws Exception {
        Path rules = folder.resolve("routes/rules/own.camel.yaml");
        Files.writeString(
                rules,
                RULES.replace("groupInterval: 1m, repeatInterval: 3m", "groupInterval: 1s, repeatInterval: 1s")
                        .replace("resolveAfter: 10m", "resolveAfter: never"));
        assertThat(check(
                        """
                        - case: much
                          events:
                            - {at: 0s, event: {event: down, data: {projectId: p1}}}
                            - {at: 7d, incident: {is: open, rule: down}}
                        """,
                        1))
                .contains("case 'much': more than 1,000 times something falls due in it; let it end sooner.\n");
    }

    private String check(String cases, int exit) throws Exception {
        Files.createDirectories(folder.resolve("rules"));
        Files.writeString(folder.resolve("rules/own.yaml"), cases);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        assertThat(CheckCommand.run(folder, 0, new PrintStream(printed, true, StandardCharsets.UTF_8)))
                .as(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo(exit);
        return printed.toString(StandardCharsets.UTF_8);
    }
}
