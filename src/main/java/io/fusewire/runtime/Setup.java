package io.fusewire.runtime;

import io.fusewire.config.HttpMode;
import io.fusewire.config.Settings;
import io.fusewire.poll.client.PollSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a gateway was started with. Without secrets.
 *
 * @param version of Fusewire
 * @param since when it was started
 * @param profile empty where there is none
 * @param folder the config folder, absolute
 * @param files what of ours the config folder holds
 * @param store which store it is, and where
 * @param kept how long a finished event is kept
 * @param webhooks where they arrive
 * @param management where health, metrics and admin are
 * @param admin whether admin is on
 * @param sources those that have secrets, the default one first
 */
public record Setup(
        String version,
        Instant since,
        String profile,
        Path folder,
        List<String> files,
        String store,
        String kept,
        String webhooks,
        String management,
        boolean admin,
        List<String> sources,
        List<PollSettings> polls) {
    private static final String DEFAULT = "default";

    static Setup of(
            Settings settings, String store, Instant since, Collection<String> sources, List<PollSettings> polls) {
        Path folder =
                Path.of(settings.get("fusewire.config-folder")).toAbsolutePath().normalize();
        String profile = settings.find("camel.main.profile").orElse("");
        HttpMode mode = HttpMode.of(settings);
        return new Setup(
                ofFusewire(),
                since,
                profile,
                folder,
                files(folder, profile),
                store,
                settings.get("fusewire.retention.finished"),
                place(mode, settings, HttpMode.WEBHOOK_HOST, HttpMode.WEBHOOK_PORT),
                place(mode, settings, HttpMode.ADMIN_HOST, HttpMode.ADMIN_PORT),
                settings.secret("fusewire.admin.token").isPresent(),
                Stream.concat(
                                Stream.of(DEFAULT).filter(sources::contains),
                                sources.stream()
                                        .filter(source -> !source.equals(DEFAULT))
                                        .sorted())
                        .toList(),
                polls);
    }

    /** The jar's manifest has it; classes in a folder have none. */
    public static String ofFusewire() {
        return Optional.ofNullable(Setup.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }

    /** Where a source's webhooks arrive. */
    static String path(String source) {
        return "/webhooks/langfuse" + (source.equals(DEFAULT) ? "" : "/" + source);
    }

    private static List<String> files(Path folder, String profile) {
        return Stream.of(
                        "application.properties",
                        "application-" + profile + ".properties",
                        "routes",
                        "kamelets",
                        "templates",
                        "rules")
                .filter(name -> Files.exists(folder.resolve(name)))
                .toList();
    }

    private static String place(HttpMode mode, Settings settings, String host, String port) {
        return switch (mode) {
            case OWN -> "http://" + literal(settings.find(host).orElse("0.0.0.0")) + ":" + settings.get(port);
            case HOST -> "the host's HTTP server";
            case NONE -> "";
        };
    }

    private static String literal(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
