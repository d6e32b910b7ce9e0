package io.fusewire.validate;

import java.util.Map;
import java.util.Optional;

/** What properties, beans and labels are called now, so that an older file is refused with the right word. */
final class RenamedWords {
    private static final Map<String, String> NOW = Map.ofEntries(
            Map.entry("fusewire.door", "fusewire.http"),
            Map.entry("fusewire.webhook.max-in-hand", "fusewire.webhook.max-in-flight"),
            Map.entry("fusewire.webhook.max-bytes-in-hand", "fusewire.webhook.max-bytes-in-flight"),
            Map.entry("fusewire.store.patience", "fusewire.store.commit-timeout"),
            Map.entry("fusewire.books.check-every", "fusewire.reconciliation.check-every"),
            Map.entry("brokenRule", "fusewire-record-rule-failure"),
            Map.entry("redelivered", "fusewire-renew-lease"),
            Map.entry("refuse", "fusewire-reject-response"),
            Map.entry("adminToken", "fusewire-require-admin-token"),
            Map.entry("chores", "fusewire-node-leases"),
            Map.entry("books", "fusewire-reconciliation"),
            Map.entry("readEvent", "fusewire-read-event"),
            Map.entry("verifySignature", "fusewire-verify-signature"),
            Map.entry("deadLetters", "fusewire-dead-letters"),
            Map.entry("explainer", "fusewire-explainer"),
            Map.entry("header.severity", "header.monitorSeverity"));

    private RenamedWords() {}

    /** The present name of a word; empty where it never had another. */
    static Optional<String> now(String word) {
        return Optional.ofNullable(NOW.get(word));
    }
}
