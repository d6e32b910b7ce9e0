package io.fusewire.config;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxies that lead out, as most programs find them: {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, whose
 * names in small letters go first. Immutable and thread-safe.
 */
public final class HttpProxies {
    private static final Logger LOG = LoggerFactory.getLogger(HttpProxies.class);
    private static final String ARRIVED = "fusewire.arrived";

    /** @param user name and password, with a colon between; null for none */
    private record Proxy(HttpHost host, String user) {}

    private final Optional<Proxy> https;
    private final Optional<Proxy> http;
    private final DirectHosts direct;

    /**
     * @param environment the value of a variable, or null
     * @throws IllegalArgumentException in one sentence that names the variable, and never its value, which may hold a password
     */
    public HttpProxies(UnaryOperator<String> environment) {
        https = proxy(environment, "https_proxy");
        http = proxy(environment, "http_proxy");
        direct =
                new DirectHosts(either(environment, "no_proxy").map(environment).orElse(""));
    }

    private static Optional<String> either(UnaryOperator<String> environment, String name) {
        return Stream.of(name, name.toUpperCase(Locale.ROOT))
                .filter(written -> environment.apply(written) != null
                        && !environment.apply(written).isBlank())
                .findFirst();
    }

    private static Optional<Proxy> proxy(UnaryOperator<String> environment, String name) {
        return either(environment, name)
                .map(written -> proxy(written, environment.apply(written).strip()));
    }

    private static Proxy proxy(String name, String value) {
        try {
            URI uri = new URI(value.contains("://") ? value : "http://" + value);
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getHost() != null && scheme.matches("https?") && uri.getPort() <= 65_535) {
                int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
                return new Proxy(new HttpHost(scheme, DirectHosts.bare(uri.getHost()), port), uri.getUserInfo());
            }
        } catch (URISyntaxException e) {
            // The cause would quote the password.
            LOG.debug("{} is no URL: {}", name, e.getReason());
        }
        throw new IllegalArgumentException(
                name + " is no address of an HTTP proxy such as http://proxy.example:3128, with name:password@ before "
                        + "the host if it asks for them, percent-encoded where they hold : @ / or %.");
    }

    /** The proxy that leads to a place; empty where the way is direct, as to this machine itself. */
    Optional<HttpHost> of(HttpHost target) {
        boolean tls = "https".equalsIgnoreCase(target.getSchemeName());
        Optional<Proxy> proxy = tls ? https : http;
        return direct.holds(target, tls ? 443 : 80) ? Optional.empty() : proxy.map(Proxy::host);
    }

    /** Has a client take them, where there are any. */
    void lead(HttpClientBuilder client) {
        if (https.isEmpty() && http.isEmpty()) {
            return;
        }
        BasicCredentialsProvider credentials = new BasicCredentialsProvider();
        Stream.of(https, http)
                .flatMap(Optional::stream)
                .filter(proxy -> proxy.user != null)
                .forEach(proxy -> credentials.setCredentials(
                        new AuthScope(proxy.host),
                        new UsernamePasswordCredentials(
                                name(proxy.user), password(proxy.user).toCharArray())));
        client.setDefaultCredentialsProvider(credentials);
        client.addExecInterceptorBefore(ChainElement.CONNECT.name(), "fusewire-tunnel", HttpProxies::tunnel);
        client.addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "fusewire-arrived", HttpProxies::arrived);
        client.setRoutePlanner(new DefaultRoutePlanner(null) {
            @Override
            protected HttpHost determineProxy(HttpHost target, HttpContext context) {
                return of(target).orElse(null);
            }
        });
    }

    private static ClassicHttpResponse arrived(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        scope.clientContext.setAttribute(ARRIVED, true);
        return chain.proceed(request, scope);
    }

    /** The client gives what a proxy answers instead of a tunnel for the target's answer. */
    private static ClassicHttpResponse tunnel(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        scope.clientContext.removeAttribute(ARRIVED);
        ClassicHttpResponse response = chain.proceed(request, scope);
        if (scope.route.isTunnelled() && scope.clientContext.getAttribute(ARRIVED) == null) {
            int status = response.getCode();
            response.close();
            throw new ConnectException("the proxy opens no way, it answered " + status);
        }
        return response;
    }

    /** The passwords in their addresses. */
    List<String> passwords() {
        return Stream.of(https, http)
                .flatMap(Optional::stream)
                .filter(proxy -> proxy.user != null)
                .map(proxy -> password(proxy.user))
                .toList();
    }

    private static String name(String user) {
        return user.contains(":") ? user.substring(0, user.indexOf(':')) : user;
    }

    private static String password(String user) {
        return user.contains(":") ? user.substring(user.indexOf(':') + 1) : "";
    }
}
