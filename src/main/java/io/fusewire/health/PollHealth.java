package io.fusewire.health;

import io.fusewire.poll.client.Feed;
import io.fusewire.poll.client.Poll;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * What each poll does, as details of readiness: how far behind it is, or what is wrong. A poll that fails doesn't make us
 * unready, because webhooks would be lost, and what is polled waits at Langfuse. Thread-safe.
 */
public final class PollHealth extends AbstractHealthCheck {
    private final List<Poll> polls;

    public PollHealth(List<Poll> polls) {
        super("fusewire", "fusewire-poll");
        this.polls = polls;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        for (Poll poll : polls) {
            String name = "poll." + poll.settings().name();
            poll.trouble().ifPresent(trouble -> result.detail(name, trouble));
            for (Feed feed : poll.settings().fetch()) {
                poll.lag(feed)
                        .ifPresent(lag ->
                                result.detail(name + "." + feed.word(), "up to " + lag.toSeconds() + " s before now"));
            }
        }
        result.up();
    }
}
