package io.fusewire.config;

import io.fusewire.signature.SignatureVerifier;
import io.fusewire.webhook.HttpLimits;
import io.fusewire.webhook.VerifySignature;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The sources that may post webhooks, what proves each, and how much they may post. */
public final class WebhookConfig {
    /** The secret of the dev profile, which everybody knows. */
    public static final String DEV_SECRET = "lf-whsec_fusewire-dev-secret-that-everybody-knows";

    private static final String PLAIN = "fusewire.webhook.accept-plain-signature";
    private static final String HEADER = "fusewire.webhook.max-header-size";

    private final Settings settings;
    private final Secrets secrets;

    public WebhookConfig(Settings settings, Secrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
    }

    /**
     * A verifier for each source that has secrets, by the source's name.
     *
     * @param clock what a signature's time is held against
     * @param polled whether events come without webhooks too
     * @throws IllegalArgumentException in one sentence that names the property, when a setting can't be read, or no event
     *     could ever come
     */
    public Map<String, SignatureVerifier> verifiers(InstantSource clock, boolean polled) {
        Map<String, SignatureVerifier> verifiers = new HashMap<>();
        TreeSet<String> sources = new TreeSet<>(settings.sources());
        sources.add(VerifySignature.DEFAULT_SOURCE);
        for (String source : sources) {
            List<String> active = secrets.webhook(source);
            if (!active.isEmpty()) {
                verifiers.put(
                        source,
                        new SignatureVerifier(
                                active, settings.duration("fusewire.webhook.tolerance"), settings.flag(PLAIN), clock));
            }
        }
        if (verifiers.isEmpty() && !polled) {
            throw new IllegalArgumentException("No webhook could be verified, and nothing is polled: set"
                    + " fusewire.webhook.secrets (or a source's, fusewire.sources.<name>.secrets), or a project's keys,"
                    + " fusewire.poll.<name>.public-key and .secret-key; to try things out, camel.main.profile=dev");
        }
        return verifiers;
    }

    /** What each HTTP server of ours gives at most. */
    public HttpLimits limits() {
        return new HttpLimits(
                settings.number("fusewire.webhook.max-connections"),
                longestHeader(),
                longestBody(),
                settings.number("fusewire.webhook.max-in-flight"),
                bytesInFlight(),
                settings.duration("fusewire.webhook.idle-timeout"),
                settings.duration("fusewire.webhook.body-timeout"));
    }

    private int longestHeader() {
        long size = settings.size(HEADER);
        if (size < 1 << 10 || size > 1 << 20) {
            throw new IllegalArgumentException(
                    HEADER + ": '" + settings.get(HEADER) + "' is not between 1KiB and 1MiB");
        }
        return (int) size;
    }

    /** What is set, or an eighth of the heap: a body is copied as it grows, and the collector needs room beside it. */
    long bytesInFlight() {
        return Math.min(
                settings.size("fusewire.webhook.max-bytes-in-flight"),
                Runtime.getRuntime().maxMemory() / 8);
    }

    /** In bytes. */
    public long longestBody() {
        return settings.size("fusewire.webhook.max-body-size");
    }

    /** What a plain signature can't prove, for an operator to know. */
    public List<String> remarks(Collection<String> sources) {
        return settings.flag(PLAIN) && !sources.isEmpty()
                ? List.of("A plain signature has no time: a request that bears one, sent again after"
                        + " fusewire.retention.finished (" + settings.get("fusewire.retention.finished")
                        + "), acts again. Set " + PLAIN + " = false where all senders sign with a time.")
                : List.of();
    }

    /** Says loudly which sources accept the dev profile's secret. */
    public List<String> warnings(Collection<String> sources) {
        return sources.stream()
                .filter(source -> secrets.webhook(source).contains(DEV_SECRET))
                .map(source ->
                        "Source " + source + " accepts the dev profile's secret, which everybody knows: " + DEV_SECRET)
                .toList();
    }
}
