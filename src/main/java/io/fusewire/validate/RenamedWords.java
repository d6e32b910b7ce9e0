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
            Map.entry("brokenRule", "recordRuleFailure"),
            Map.entry("redelivered", "renewLease"),
            Map.entry("refuse", "rejectResponse"),
            Map.entry("adminToken", "requireAdminToken"),
            Map.entry("chores", "nodeLeases"),
            Map.entry("books", "reconciliation"),
            Map.entry("header.severity", "header.monitorSeverity"));

    private RenamedWords() {}

    /** The present name of a word; empty where it never had another. */
    static Optional<String> now(String word) {
        return Optional.ofNullable(NOW.get(word));
    }
}
