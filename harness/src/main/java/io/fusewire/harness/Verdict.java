package io.fusewire.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the history shows.
 *
 * @param lost events that were answered 200 and did not reach a sink that a rule names, each with the sink
 * @param doubled messages at Slack beyond the first of their event
 * @param disorder incidents that PagerDuty was told of in the wrong order
 * @param slowest milliseconds from an answer to its Slack message, the longest
 */
record Verdict(List<String> lost, int doubled, List<String> disorder, long slowest) {

    static Verdict of(History history) {
        List<String> lost = new ArrayList<>();
        List<String> disorder = new ArrayList<>();
        int doubled = 0;
        long slowest = 0;
        for (History.Answer answer : history.accepted()) {
            SampleEvent event = answer.event();
            List<Long> messages = history.slack(event.token());
            if (event.slack() && messages.isEmpty()) {
                lost.add(event.token() + " (slack)");
            }
            doubled += Math.max(0, messages.size() - 1);
            for (long message : messages.subList(0, Math.min(1, messages.size()))) {
                slowest = Math.max(slowest, TimeUnit.NANOSECONDS.toMillis(message - answer.at()));
            }
            event.pagerDuty().ifPresent(change -> {
                List<String> told = history.pagerDuty(change.incident()).stream()
                        .map(History.Arrival::what)
                        .toList();
                if (!told.contains(change.action())) {
                    lost.add(event.token() + " (pagerduty " + change.action() + ")");
                }
                if (told.lastIndexOf("trigger") > told.indexOf("resolve") && told.contains("resolve")) {
                    disorder.add(change.incident());
                }
            });
        }
        return new Verdict(lost, doubled, disorder, slowest);
    }

    /** Whether everything that was answered 200 has arrived. */
    boolean complete() {
        return lost.isEmpty();
    }
}
