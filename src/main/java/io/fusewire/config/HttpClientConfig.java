package io.fusewire.config;

import org.apache.camel.component.http.HttpComponent;

/** The HTTP client of sinks and polls: a component of its own, since what is set for {@code http} is for other routes. */
public final class HttpClientConfig {
    public static final String COMPONENT = "fusewire-http";

    private final Settings settings;

    public HttpClientConfig(Settings settings) {
        this.settings = settings;
    }

    /** To repeat 429 and 503 is the policies' work, and a redirect leads to a place that nobody configured. */
    public HttpComponent client() {
        HttpComponent client = new HttpComponent();
        client.setAutomaticRetriesDisabled(true);
        client.setFollowRedirects(false);
        client.setConnectTimeout(milliseconds("connect-timeout"));
        client.setConnectionRequestTimeout(milliseconds("connection-request-timeout"));
        client.setSoTimeout(milliseconds("so-timeout"));
        client.setResponseTimeout(milliseconds("response-timeout"));
        return client;
    }

    private long milliseconds(String timeout) {
        return settings.duration("camel.component." + COMPONENT + "." + timeout).toMillis();
    }
}
