package io.fusewire.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Where to look in Langfuse's own pages. The shapes are those of Langfuse 4.16.0 (web/src/pages); all are
 * project-scoped, since {@code /trace/{id}} no longer finds new traces. A link is http or https, percent-encoded, and at
 * most 3000 characters, Slack's limit; a longer one is left out. Immutable and thread-safe.
 */
public final class LangfuseLinks {
    private static final int LONGEST = 3000;
    /** So that five of them leave room for what a message says. */
    private static final int LONGEST_OF_MANY = 600;

    /** Langfuse puts the signed-in user's last project in its place. */
    private static final String ANY_PROJECT = "~";

    private final String base;
    private final Map<String, String> bases;

    /**
     * @param base the address of Langfuse's pages, with or without a path and a trailing slash
     * @param bases that of sources which have one of their own
     * @throws IllegalArgumentException if it isn't an http or https URL
     */
    public LangfuseLinks(String base, Map<String, String> bases) {
        this.base = web(base)
                .orElseThrow(() -> new IllegalArgumentException("langfuse.base-url must be an http or https URL."))
                .replaceFirst("/+$", "");
        this.bases = bases;
    }

    /** The page that shows what the alert is about. */
    public Optional<String> view(Alert alert) {
        return switch (alert.label("type")) {
            case "monitor-alert" -> {
                JsonNode payload = alert.event().path("payload");
                yield web(payload.path("permalink").asText())
                        .or(() -> page(
                                alert,
                                "/alerts" + segment(payload.path("monitorId").asText())));
            }
            case "project-notification" -> web(alert.event()
                            .path("event")
                            .path("url")
                            .asText())
                    .or(() -> page(alert, ""));
            case "prompt-version" -> page(alert, "/prompts" + prompt(alert));
            default -> subject(alert);
        };
    }

    /** The rows that a monitor looked at. */
    public Optional<String> data(Alert alert) {
        boolean monitor = "monitor-alert".equals(alert.label("type"));
        return monitor ? web(alert.event().path("payload").path("dataPermalink").asText()) : Optional.empty();
    }

    /** A trace of the alert's incident; none where the incident's alerts may be of several projects. */
    Optional<String> sample(Alert alert, Incident.Sample sample) {
        String trace = segment(sample.trace());
        boolean oneProject = alert.incident().group().containsKey("project");
        return trace.isEmpty() || !oneProject
                ? Optional.empty()
                : trace(alert, trace, Incident.isKnown(sample.observation()) ? sample.observation() : "")
                        .filter(link -> link.length() <= LONGEST_OF_MANY);
    }

    private static String prompt(Alert alert) {
        String name = segment(alert.knownLabel("name"));
        JsonNode version = alert.event().path("prompt").path("version");
        return name.isEmpty() || !version.isInt() ? name : name + "?version=" + version.intValue();
    }

    /** A trace or an observation in it; scores have no page of their own; else the project's, if it is known. */
    private Optional<String> subject(Alert alert) {
        String trace = segment(alert.knownLabel("trace"));
        if (!trace.isEmpty()) {
            return trace(alert, trace, alert.knownLabel("observation"));
        }
        if (alert.label("type").startsWith("score.")) {
            return page(alert, "/scores");
        }
        return segment(alert.knownLabel("project")).isEmpty() ? Optional.empty() : page(alert, "");
    }

    private Optional<String> trace(Alert alert, String trace, String observation) {
        String inside = observation.isEmpty() ? "" : "?observation=" + encoded(observation);
        return page(alert, "/traces" + trace + inside);
    }

    private Optional<String> page(Alert alert, String path) {
        String project = segment(alert.knownLabel("project"));
        String url = bases.getOrDefault(alert.source(), base) + "/project"
                + (project.isEmpty() ? "/" + ANY_PROJECT : project) + path;
        return Optional.of(url).filter(link -> link.length() <= LONGEST);
    }

    /** A slash and the encoded text; nothing for a text that is empty or that a browser would take for a way up. */
    private static String segment(String text) {
        return text.isBlank() || text.equals(".") || text.equals("..") ? "" : "/" + encoded(text);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The address if it leads to the web and nowhere else: no other scheme, no user name before the host. */
    static Optional<String> web(String address) {
        if (address.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(address);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && uri.getRawUserInfo() == null
                    ? Optional.of(uri.toASCIIString()).filter(link -> link.length() <= LONGEST)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
