package io.fusewire.harness;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was answered, and what arrived where. Thread-safe. */
final class History {

    /** One time that something arrived, in nanoseconds of {@link System#nanoTime()}. */
    record Arrival(String what, long at) {}

    /** An event that was answered 200: when, and after how many posts. */
    record Answer(SampleEvent event, long at, int posts) {}

    private final Map<String, Answer> accepted = new ConcurrentHashMap<>();
    private final Map<String, Integer> outcomes = new ConcurrentHashMap<>();
    private final Map<String, List<Long>> slack = new ConcurrentHashMap<>();
    private final Map<String, List<Arrival>> pagerDuty = new ConcurrentHashMap<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final Map<String, List<String>> unanswered = new ConcurrentHashMap<>();

    void outcome(String what) {
        outcomes.merge(what, 1, Integer::sum);
    }

    void accepted(SampleEvent event, int posts) {
        accepted.putIfAbsent(event.token(), new Answer(event, System.nanoTime(), posts));
    }

    /** @param outcomes what each of its posts came to, in order */
    void unanswered(SampleEvent event, List<String> outcomes) {
        unanswered.put(event.token(), outcomes);
    }

    void slackTook(String token) {
        slack.computeIfAbsent(token, any -> new CopyOnWriteArrayList<>()).add(System.nanoTime());
    }

    void pagerDutyTook(String incident, String action) {
        pagerDuty
                .computeIfAbsent(incident, any -> new CopyOnWriteArrayList<>())
                .add(new Arrival(action, System.nanoTime()));
    }

    void violation(String what) {
        violations.add(what);
    }

    boolean isAccepted(String token) {
        return accepted.containsKey(token);
    }

    Collection<Answer> accepted() {
        return accepted.values();
    }

    /** How often each status, or kind of failure, came. */
    Map<String, Integer> outcomes() {
        return outcomes;
    }

    int outcomes(String what) {
        return outcomes.getOrDefault(what, 0);
    }

    List<Long> slack(String token) {
        return slack.getOrDefault(token, List.of());
    }

    int slackMessages() {
        return slack.values().stream().mapToInt(List::size).sum();
    }

    List<Arrival> pagerDuty(String incident) {
        return pagerDuty.getOrDefault(incident, List.of());
    }

    int pagerDutyEvents() {
        return pagerDuty.values().stream().mapToInt(List::size).sum();
    }

    List<String> violations() {
        return violations;
    }

    boolean isGivenUp(String token) {
        return unanswered.containsKey(token);
    }

    /** What the posts came to of each event that was given up. */
    Map<String, List<String>> unanswered() {
        return unanswered;
    }
}
