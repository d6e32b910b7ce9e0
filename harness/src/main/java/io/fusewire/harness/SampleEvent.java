package io.fusewire.harness;

import java.util.Optional;

/**
 * One event to send.
 *
 * @param token what it is found again by, in whatever it leads to
 * @param body what is posted
 * @param slack whether the default rules send it to Slack
 * @param pagerDuty the incident's token and the action, where they send it to PagerDuty
 */
record SampleEvent(String token, String body, boolean slack, Optional<IncidentChange> pagerDuty) {

    /** The token of the event that must be answered before this one is sent: the alert of a recovery. */
    Optional<String> after() {
        return pagerDuty.filter(change -> change.action().equals("resolve")).map(IncidentChange::incident);
    }

    /** What PagerDuty is told: {@code trigger} or {@code resolve} of the incident that an event's token names. */
    record IncidentChange(String incident, String action) {}
}
