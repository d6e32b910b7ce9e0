package io.fusewire.config;

import io.fusewire.poll.client.PollSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Durations that must cover one another: each alone is fine, and together they would repeat or miss events in silence. */
public final class RelatedDurations {
    private static final String FINISHED = "fusewire.retention.finished";
    private static final String DELIVERY = "fusewire.delivery.";
    private static final String GIVE_UP = DELIVERY + "give-up-after";
    private static final String KNOWN_AGAIN = "rows that the poll finds again must be known again";

    private final Settings settings;
    private final List<String> faults = new ArrayList<>();

    public RelatedDurations(Settings settings) {
        this.settings = settings;
    }

    /**
     * Holds each against what it must cover.
     *
     * @throws IllegalArgumentException with a sentence for each pair that does not, which names both properties
     */
    public void refuse(List<PollSettings> polls) {
        covers(DELIVERY + "longest-wait", DELIVERY + "first-wait", "the waits grow from the one to the other");
        covers(
                DELIVERY + "circuit-longest-rest",
                DELIVERY + "circuit-rest",
                "the rests grow from the one to the other");
        for (String wait : List.of("longest-wait", "circuit-longest-rest", "pause")) {
            covers(GIVE_UP, DELIVERY + wait, "a delivery that waits so long would be given up without another attempt");
        }
        covers(FINISHED, "fusewire.retention.sweep-every", "events would be kept much longer than is said");
        for (PollSettings poll : polls) {
            String place = "fusewire.poll." + poll.name() + ".";
            for (String back : List.of("overlap", "lookback", "sweep-back")) {
                covers(FINISHED, of(place, back), KNOWN_AGAIN);
            }
            covers(
                    of(place, "sweep-back"),
                    of(place, "sweep-every"),
                    "what comes late between two sweeps would be missed");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", faults));
        }
    }

    private String of(String place, String last) {
        return settings.find(place + last).isPresent() ? place + last : "fusewire.poll." + last;
    }

    private void covers(String longer, String shorter, String why) {
        Duration most = settings.duration(longer);
        if (most.compareTo(settings.duration(shorter)) < 0) {
            String sentence = longer + " (" + settings.get(longer) + ") is shorter than " + shorter + " ("
                    + settings.get(shorter) + "): " + why + ".";
            if (!faults.contains(sentence)) {
                faults.add(sentence);
            }
        }
    }
}
