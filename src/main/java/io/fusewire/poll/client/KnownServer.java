package io.fusewire.poll.client;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a server's responses have told of it so far. One thread at a time, but for {@link #isDear}. */
final class KnownServer {
    private final Map<Feed, ApiVersion> versions = new ConcurrentHashMap<>();
    private boolean greeted;
    private String project;

    KnownServer(Set<Feed> feeds) {
        feeds.forEach(feed -> versions.put(feed, ApiVersion.CURRENT));
    }

    /** Whether it has said its version, or that it says none. */
    boolean isGreeted() {
        return greeted;
    }

    void greeted() {
        greeted = true;
    }

    /** Whether it was asked for the keys' project. */
    boolean isProjectAsked() {
        return project != null;
    }

    /** The id of the keys' project; empty where the server doesn't say it, and until it was asked. */
    String project() {
        return project == null ? "" : project;
    }

    void ofProject(String id) {
        project = id;
    }

    /** It does not answer a request for its version or its project, and is not asked again. */
    void saysNothing(ApiRequest request) {
        greeted = true;
        project = request instanceof ApiRequest.Project ? "" : project;
    }

    /** By which endpoints a feed is asked for. */
    ApiVersion version(Feed feed) {
        return versions.get(feed);
    }

    /** Whether any feed is asked for by endpoints that may be asked half as often. */
    boolean isDear() {
        return versions.entrySet().stream().anyMatch(each -> each.getValue().isDear(each.getKey()));
    }

    /** The feed is to be asked for by these endpoints, and so is each that came with the same version of Langfuse. */
    void has(ApiVersion endpoints, Feed feed) {
        boolean scored = feed == Feed.SCORES;
        versions.replaceAll((each, known) -> (each == Feed.SCORES) == scored ? endpoints : known);
    }
}
