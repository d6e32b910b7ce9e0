package io.fusewire.config;

import io.fusewire.delivery.RequestLimit;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.Timeout;

/** The HTTP client of sinks and polls: a component of its own, since what is set for {@code http} is for other routes. */
public final class HttpClientConfig {
    public static final String COMPONENT = "fusewire-http";

    /** A message that is refused may be sent once more as plain text, and both must end within a delivery's lease. */
    public static final RequestLimit SINK = new RequestLimit(Duration.ofSeconds(20), 16 << 10, false);

    /**
     * A message to a channel takes up to four calls within a lease: an edit and a reply, each maybe once more as plain text.
     * The answer repeats the message, each character that is not ASCII as six.
     */
    public static final RequestLimit SLACK = new RequestLimit(Duration.ofSeconds(10), 256 << 10, false);

    /** Shorter than the lease of a poll, and a byte more than a page may have, so that more is noticed. */
    public static final RequestLimit POLL = new RequestLimit(Duration.ofSeconds(25), (8 << 20) + 1, true);

    private static final int LONGEST_LINE = 16 << 10;
    private static final int MOST_HEADERS = 100;
    private static final int CONNECTIONS = 200;

    private final Settings settings;
    private final HttpProxies proxies;

    public HttpClientConfig(Settings settings, HttpProxies proxies) {
        this.settings = settings;
        this.proxies = proxies;
    }

    /**
     * To repeat 429 and 503 is the policies' work, a redirect leads to a place that nobody configured, and a cookie would
     * stay in memory and go on with the alerts of another source.
     */
    public HttpComponent client() {
        HttpComponent client = new HttpComponent();
        client.setAutomaticRetriesDisabled(true);
        client.setFollowRedirects(false);
        client.setCookieManagementDisabled(true);
        client.setConnectTimeout(milliseconds("connect-timeout"));
        client.setConnectionRequestTimeout(milliseconds("connection-request-timeout"));
        client.setSoTimeout(milliseconds("so-timeout"));
        client.setResponseTimeout(milliseconds("response-timeout"));
        client.setClientConnectionManager(connections());
        client.setHttpClientConfigurer(limitedBy(SINK));
        return client;
    }

    /** The limits of requests that have other ones than a sink's, by the names by which an HTTP step asks for them. */
    public Map<String, HttpClientConfigurer> limits() {
        return Map.of("fusewire-poll-requests", limitedBy(POLL), "fusewire-slack-calls", limitedBy(SLACK));
    }

    /** Limits each request of a client, and leads it out by the proxies. */
    HttpClientConfigurer limitedBy(RequestLimit limit) {
        return client -> {
            client.addExecInterceptorFirst("fusewire-limit", limit);
            proxies.lead(client);
        };
    }

    /** Addresses of one host share nothing: as many connections for one as for all. */
    private HttpClientConnectionManager connections() {
        Http1Config heads = Http1Config.custom()
                .setMaxLineLength(LONGEST_LINE)
                .setMaxHeaderCount(MOST_HEADERS)
                .build();
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(heads)
                        .build())
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setSoTimeout(Timeout.ofMilliseconds(milliseconds("so-timeout")))
                        .build())
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS)
                .build();
    }

    private long milliseconds(String timeout) {
        return settings.duration("camel.component." + COMPONENT + "." + timeout).toMillis();
    }
}
