package io.fusewire.queue;

import io.fusewire.event.EventReader;
import io.fusewire.metrics.Answered;
import io.fusewire.metrics.Meters;
import io.fusewire.poll.Poll;
import io.fusewire.store.Deliveries;
import io.fusewire.store.Desk;
import io.fusewire.store.Inbox;
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
        InTray tray,
        Desk desk,
        Deliveries deliveries,
        EventReader reader,
        Addresses addresses,
        Renderer renderer,
        Meters meters,
        Answered answered,
        InstantSource clock,
        UnaryOperator<String> redact) {}
