package io.fusewire.component;

import io.fusewire.delivery.Renderer;
import io.fusewire.delivery.SinkAddresses;
import io.fusewire.event.EventReader;
import io.fusewire.metrics.Answered;
import io.fusewire.metrics.Meters;
import io.fusewire.poll.client.Poll;
import io.fusewire.rules.RecentEvents;
import io.fusewire.store.Deliveries;
import io.fusewire.store.Inbox;
import io.fusewire.store.PendingEvents;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the endpoints stand on.
 *
 * @param clock what time it is elsewhere
 * @param redact takes every configured secret out of a text
 */
public record Ground(
        List<Poll> polls,
        Inbox inbox,
        RecentEvents tray,
        PendingEvents desk,
        Deliveries deliveries,
        EventReader reader,
        SinkAddresses addresses,
        Renderer renderer,
        Meters meters,
        Answered answered,
        InstantSource clock,
        UnaryOperator<String> redact) {}
