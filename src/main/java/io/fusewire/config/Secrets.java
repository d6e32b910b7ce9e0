package io.fusewire.config;

import io.fusewire.delivery.SinkAddresses;
import io.fusewire.poll.client.PollSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The secrets in the settings: read where they are needed, remembered only to be taken out of texts. Thread-safe. */
public final class Secrets implements SinkAddresses {
    private static final int SHORTEST = 6;
    private static final int LONG_SEGMENT = 16;
    private static final Pattern PASSWORD = Pattern.compile("sinks\\.([a-z0-9-]+)\\.password(?:-file)?");

    /** The name of a channel is no secret, and may be a word that other texts hold. */
    private static final Pattern CHANNEL = Pattern.compile(".+[.-]channel");

    private final Settings settings;
    private final boolean prints;
    private final HttpProxies proxies;
    private final Map<String, Optional<String>> addresses = new ConcurrentHashMap<>();
    private final List<String> known = new CopyOnWriteArrayList<>();

    public Secrets(Settings settings) {
        this(settings, System::getenv);
    }

    Secrets(Settings settings, UnaryOperator<String> environment) {
        this.settings = settings;
        this.proxies = new HttpProxies(environment);
        proxies.passwords().forEach(this::remember);
        this.prints = settings.flag("fusewire.delivery.print-without-address");
        settings.names(PASSWORD)
                .forEach(sink -> settings.secret("sinks." + sink + ".password").ifPresent(this::remember));
    }

    /** The active secrets of a source: comma-separated, so that two are valid while one replaces the other. */
    public List<String> webhook(String source) {
        List<String> secrets = new ArrayList<>();
        for (String secret : settings.secret(webhookProperty(source)).orElse("").split(",")) {
            if (!secret.isBlank()) {
                secrets.add(remember(secret.strip()));
            }
        }
        return secrets;
    }

    /** The property that holds a source's secrets. */
    public static String webhookProperty(String source) {
        return source.equals("default") ? "fusewire.webhook.secrets" : "fusewire.sources." + source + ".secrets";
    }

    public Optional<String> adminToken() {
        return settings.secret("fusewire.admin.token").map(this::remember);
    }

    Optional<String> storePassword() {
        return settings.secret("fusewire.store.password").map(this::remember);
    }

    /** The keys of a project, also as the header {@code Authorization} writes them. */
    void rememberKeys(String publicKey, String secretKey) {
        remember(publicKey);
        remember(secretKey);
        String header = PollSettings.authorization(publicKey, secretKey);
        remember(header.substring(header.indexOf(' ') + 1));
    }

    @Override
    public Optional<String> ofSource(String source, String sink, String name) {
        return address("fusewire.sources." + source + "." + sink + "-" + name);
    }

    @Override
    public Optional<String> ofSink(String sink, String name) {
        return address("sinks." + sink + "." + name);
    }

    /** As it was read the first time: a file that vanishes later must not stop what runs. */
    private Optional<String> address(String key) {
        return addresses.computeIfAbsent(key, any -> {
            Optional<String> found = settings.secret(key);
            found.filter(value -> !CHANNEL.matcher(key).matches())
                    .map(this::remember)
                    .ifPresent(list ->
                            Arrays.stream(list.split(",")).map(String::strip).forEach(this::remember));
            return found;
        });
    }

    @Override
    public Set<String> sources() {
        return settings.sources();
    }

    @Override
    public boolean printsWithout() {
        return prints;
    }

    /** The proxies that lead out; their passwords are secrets too. */
    public HttpProxies proxies() {
        return proxies;
    }

    /** Takes every known secret, and the path of a secret URL, out of a text. */
    public String redact(String text) {
        String safe = text;
        for (String secret : known) {
            safe = safe.replace(secret, "***");
        }
        return safe;
    }

    private String remember(String secret) {
        int path = secret.indexOf('/', Math.max(secret.indexOf("://") + 3, 0));
        boolean url = secret.contains("://") && path > 0;
        know(secret);
        if (secret.startsWith("xox")) {
            know(last(secret, '-'));
        }
        if (url) {
            know(secret.substring(path));
            know(last(secret, '/'));
        }
        return secret;
    }

    /** Also as an answer may write it: with escaped slashes, or percent-encoded. */
    private void know(String secret) {
        if (secret.length() >= SHORTEST) {
            for (String form :
                    List.of(secret, secret.replace("/", "\\/"), URLEncoder.encode(secret, StandardCharsets.UTF_8))) {
                if (!known.contains(form)) {
                    known.add(form);
                }
            }
            known.sort(Comparator.comparingInt(String::length).reversed());
        }
    }

    /** The last part of a URL or of a token of Slack's, where it is long enough to be the secret in it. */
    private static String last(String whole, char separator) {
        String segment = whole.substring(whole.lastIndexOf(separator) + 1);
        return segment.length() >= LONG_SEGMENT ? segment : "";
    }
}
