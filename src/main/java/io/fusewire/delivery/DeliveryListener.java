package io.fusewire.delivery;

import io.fusewire.store.Delivery;
import java.time.Duration;

/** Hears of each attempt at a delivery, on the worker's thread. */
@FunctionalInterface
public interface DeliveryListener {
    /**
     * An attempt has ended; it is about to be written down.
     *
     * @param kind what it tells of an incident, as templates have it; null for a message of its own
     * @param outcome what becomes of the delivery, as an enum's constant is written
     * @param redeliveries how often Camel repeated it within the attempt
     * @param took over all of them
     */
    void attempted(Delivery delivery, String kind, String outcome, int redeliveries, Duration took);
}
