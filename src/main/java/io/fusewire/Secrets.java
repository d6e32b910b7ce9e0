package io.fusewire;

import io.fusewire.queue.Addresses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The secrets in the settings: read where they are needed, remembered only to be taken out of texts. Thread-safe. */
final class Secrets implements Addresses {
    private static final int SHORTEST = 6;

    private final Settings settings;
    private final boolean prints;
    private final List<String> known = new CopyOnWriteArrayList<>();

    Secrets(Settings settings) {
        this.settings = settings;
        this.prints = settings.flag("fusewire.delivery.print-without-address");
    }

    /** The active secrets of a source: comma-separated, so that two are valid while one replaces the other. */
    List<String> webhook(String source) {
        String key = source.equals("default") ? "fusewire.webhook.secrets" : "fusewire.sources." + source + ".secrets";
        List<String> secrets = new ArrayList<>();
        for (String secret : settings.secret(key).orElse("").split(",")) {
            if (!secret.isBlank()) {
                secrets.add(remember(secret.strip()));
            }
        }
        return secrets;
    }

    Optional<String> adminToken() {
        return settings.secret("fusewire.admin.token").map(this::remember);
    }

    @Override
    public Optional<String> ofSource(String source, String sink, String name) {
        return settings.secret("fusewire.sources." + source + "." + sink + "-" + name)
                .map(this::remember);
    }

    @Override
    public Optional<String> ofSink(String sink, String name) {
        return settings.secret("sinks." + sink + "." + name).map(this::remember);
    }

    @Override
    public boolean printsWithout() {
        return prints;
    }

    /** Takes every known secret, and the path of a secret URL, out of a text. */
    String redact(String text) {
        String safe = text;
        for (String secret : known) {
            safe = safe.replace(secret, "***");
        }
        return safe;
    }

    private String remember(String secret) {
        if (secret.length() >= SHORTEST && !known.contains(secret)) {
            int path = secret.indexOf('/', Math.max(secret.indexOf("://") + 3, 0));
            known.add(secret);
            if (secret.contains("://") && path > 0 && secret.length() - path >= SHORTEST) {
                known.add(secret.substring(path));
            }
            known.sort(Comparator.comparingInt(String::length).reversed());
        }
        return secret;
    }
}
