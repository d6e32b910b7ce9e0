package io.fusewire.config;

import io.fusewire.poll.client.Feed;
import io.fusewire.poll.client.PollSettings;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The polls that the settings describe: {@code fusewire.poll.<name>.…}, with {@code fusewire.poll.…} for all of them. */
public final class PollConfig {
    private static final Pattern NAMED = Pattern.compile("fusewire\\.poll\\.([a-z0-9][a-z0-9-]*)\\..+");

    private final Settings settings;
    private final Secrets secrets;

    public PollConfig(Settings settings, Secrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
    }

    /**
     * Those that have both keys.
     *
     * @throws IllegalArgumentException in one sentence that names the property, when one has only one key, or a wrong value
     */
    public List<PollSettings> configured() {
        return settings.names(NAMED).stream()
                .flatMap(name -> configured(name).stream())
                .toList();
    }

    private Optional<PollSettings> configured(String name) {
        String place = "fusewire.poll." + name + ".";
        Optional<String> publicKey = settings.secret(place + "public-key");
        Optional<String> secretKey = settings.secret(place + "secret-key");
        if (publicKey.isEmpty() && secretKey.isEmpty()) {
            return Optional.empty();
        }
        secrets.rememberKeys(
                publicKey.orElseThrow(() -> missing(place, "public-key", "secret-key")),
                secretKey.orElseThrow(() -> missing(place, "secret-key", "public-key")));
        return Optional.of(new PollSettings(
                name,
                base(place + "base-url"),
                publicKey.get(),
                secretKey.get(),
                settings.find(place + "source").orElse(name),
                fetch(key(place, "fetch")),
                settings.duration(key(place, "interval")),
                settings.duration(key(place, "overlap")),
                settings.duration(key(place, "lookback")),
                settings.duration(key(place, "sweep-every")),
                settings.duration(key(place, "sweep-back")),
                atLeastOne(key(place, "requests-per-minute"))));
    }

    private static IllegalArgumentException missing(String place, String without, String with) {
        return new IllegalArgumentException(
                place + with + " is set and " + place + without + " is not; a poll needs both keys of a project");
    }

    /** Its own property, or the one for all polls. */
    private String key(String place, String last) {
        return settings.find(place + last).isPresent() ? place + last : "fusewire.poll." + last;
    }

    private URI base(String key) {
        String used = settings.find(key).isPresent() ? key : "langfuse.base-url";
        String address = settings.get(used).replaceFirst("/+$", "");
        if (!address.matches("https?://[^/?#@\\s]+(/[^?#\\s]*)?")) {
            throw new IllegalArgumentException(used + " is not an http or https URL without a query.");
        }
        return URI.create(address);
    }

    private Set<Feed> fetch(String key) {
        Set<Feed> feeds = EnumSet.noneOf(Feed.class);
        for (String word : settings.get(key).split(",")) {
            feeds.add(Feed.named(word.strip())
                    .orElseThrow(() -> new IllegalArgumentException(key + ": there is no '"
                            + word.strip() + "' to fetch; there are "
                            + Arrays.stream(Feed.values()).map(Feed::word).collect(Collectors.joining(", ")))));
        }
        return feeds;
    }

    private int atLeastOne(String key) {
        if (settings.number(key) < 1) {
            throw new IllegalArgumentException(key + " is " + settings.get(key) + "; it must be 1 or more");
        }
        return settings.number(key);
    }
}
