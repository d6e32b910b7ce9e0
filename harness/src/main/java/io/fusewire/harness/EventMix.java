package io.fusewire.harness;

import java.util.Optional;

/** Events in the mix of {@code examples/events}, each its own, with what the default rules make of it. */
final class EventMix {
    private static final String TIME = "2026-08-22T08:21:04.250Z";
    private static final int KINDS = 9;

    /** An OK follows its ALERT so many rounds later, so that it seldom waits for that one's answer. */
    private static final int RECOVERY = 50;

    /** From here on numbers are those of new causes. */
    private static final int NEW_CAUSES = 90_000_000;

    private final String run;

    /** @param seed tells this run's tokens from another's */
    EventMix(long seed) {
        this.run = String.format("hw-%08x-", seed & 0xFFFFFFFFL);
    }

    /** The same event for the same number. */
    SampleEvent event(int number) {
        String token = token(number);
        return switch (number % KINDS) {
            case 0 -> traceError(token);
            case 1 -> lowScore(token);
            case 2 -> alert(token);
            case 3 -> recovery(number, token);
            case 4 -> new SampleEvent(
                    token,
                    ("{'id':'%1$s','timestamp':'" + TIME + "','type':'project-notification','apiVersion':'v1','event':"
                                    + "{'severity':'ALERT','projectId':'p1','resourceId':'%1$s','resourceName':'%1$s',"
                                    + "'message':'Evaluator paused.','eventType':'evaluator-blocked'}}")
                            .formatted(token)
                            .replace('\'', '"'),
                    true,
                    Optional.empty());
            case 5 -> new SampleEvent(
                    token,
                    ("{'id':'%1$s','timestamp':'" + TIME + "','type':'prompt-version','apiVersion':'v1','action':"
                                    + "'created','prompt':{'id':'%1$s','name':'%1$s','version':1,'projectId':'p1',"
                                    + "'labels':['latest'],'prompt':'Rate it.','type':'text'}}")
                            .formatted(token)
                            .replace('\'', '"'),
                    true,
                    Optional.empty());
            case 6 -> silent(
                    token, "generation.created", "'model':'gpt-4o','usage':{'promptTokens':8,'completionTokens':9}");
            case 7 -> silent(token, "trace.created", "'name':'checkout-agent'");
            default -> silent(token, "score.updated", "'scoreId':'" + token + "','name':'quality','value':0.9");
        };
    }

    /** As a busy project sends: one error for Slack and PagerDuty, and nine events that no rule waits for. */
    SampleEvent busy(int number) {
        return number % 10 == 0
                ? traceError(number)
                : silent(token(number), "trace.created", "'name':'checkout-agent'");
    }

    /** For Slack alone, of the rule {@code low-score}. */
    SampleEvent lowScore(int number) {
        return lowScore(token(number));
    }

    /** For Slack and PagerDuty, of the rule {@code trace-error}. */
    SampleEvent traceError(int number) {
        return traceError(token(number));
    }

    /** For Slack and PagerDuty: an error of a cause that no other has, told apart by a word without digits. */
    SampleEvent newCause(int number) {
        StringBuilder word = new StringBuilder();
        for (char digit : String.valueOf(number).toCharArray()) {
            word.append((char) ('k' + digit - '0'));
        }
        String token = token(NEW_CAUSES + number);
        return new SampleEvent(
                token,
                seed(token, "trace.updated", "'level':'ERROR','statusMessage':'No answer from part " + word + "'"),
                true,
                Optional.of(new SampleEvent.IncidentChange(token, "trigger")));
    }

    /** As {@link #busy}, where the errors join one incident, so that nothing need come of each. */
    SampleEvent joining(int number) {
        return number % 10 == 0
                ? joiningError(number)
                : silent(token(number), "trace.created", "'name':'checkout-agent'");
    }

    /** An error that joins the incident of all its kind. */
    SampleEvent joiningError(int number) {
        return silent(token(number), "trace.updated", "'level':'ERROR','statusMessage':'429 Too Many Requests'");
    }

    private String token(int number) {
        return run + String.format("%08d", number);
    }

    private static SampleEvent traceError(String token) {
        return new SampleEvent(
                token,
                seed(token, "trace.updated", "'level':'ERROR','statusMessage':'429 Too Many Requests'"),
                true,
                Optional.of(new SampleEvent.IncidentChange(token, "trigger")));
    }

    private static SampleEvent lowScore(String token) {
        String score = "'scoreId':'" + token + "','name':'hallucination','value':0.2";
        return new SampleEvent(token, seed(token, "score.created", score), true, Optional.empty());
    }

    private static SampleEvent alert(String token) {
        return new SampleEvent(
                token,
                monitor(token, token, "ALERT"),
                true,
                Optional.of(new SampleEvent.IncidentChange(token, "trigger")));
    }

    private SampleEvent recovery(int number, String token) {
        int alert = number - 1 - RECOVERY * KINDS;
        if (alert < 0) {
            return traceError(token);
        }
        String incident = token(alert);
        return new SampleEvent(
                token,
                monitor(token, incident, "OK"),
                true,
                Optional.of(new SampleEvent.IncidentChange(incident, "resolve")));
    }

    private static SampleEvent silent(String token, String event, String data) {
        return new SampleEvent(token, seed(token, event, data), false, Optional.empty());
    }

    private static String seed(String token, String event, String data) {
        return ("{'event':'" + event + "','timestamp':'" + TIME + "','data':{'projectId':'p1','traceId':'" + token
                        + "'," + data + "}}")
                .replace('\'', '"');
    }

    private static String monitor(String token, String monitor, String severity) {
        return ("{'id':'" + token + "','timestamp':'" + TIME + "','type':'monitor-alert','apiVersion':'v1','payload':{"
                        + "'monitorId':'" + monitor + "','projectId':'p1','message':{'title':'[" + severity
                        + "] latency "
                        + token + "','body':'p95'},'severity':'" + severity + "','timestamp':'" + TIME
                        + "','window':'5m'}}")
                .replace('\'', '"');
    }
}
