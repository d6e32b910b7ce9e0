package io.fusewire.webhook;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.ext.web.RoutingContext;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * The Vert.x of a context's HTTP servers. Camel 4.18 gives them no option but TLS's; here each gets its bounds as it is
 * made, and its gate before all its routes.
 */
public final class BoundedHttp extends VertxWrapper {
    private static final long TURN_MILLIS = 500;

    private final CamelContext camel;
    private final Map<String, RequestGate> gates = new LinkedHashMap<>();

    private BoundedHttp(CamelContext camel) {
        super((VertxInternal) Vertx.vertx());
        this.camel = camel;
    }

    /** Binds one, which Camel's servers find; it is closed with the context's registry. Before they start. */
    public static BoundedHttp in(CamelContext camel) {
        BoundedHttp http = new BoundedHttp(camel);
        camel.getRegistry().bind("fusewire-vertx", http, null, "close");
        return http;
    }

    /**
     * Puts a gate before a server that is made later.
     *
     * @param port the server's, as configured
     */
    public BoundedHttp guard(int port, RequestGate gate) {
        gates.putIfAbsent(VertxPlatformHttpRouter.getRouterNameFromPort(port), gate);
        return this;
    }

    /** Camel binds a server's router before it makes the server. */
    @Override
    public HttpServer createHttpServer(HttpServerOptions options) {
        for (String name : gates.keySet()) {
            VertxPlatformHttpRouter router = VertxPlatformHttpRouter.lookup(camel, name);
            if (router != null) {
                return create(options, router, gates.remove(name));
            }
        }
        return super.createHttpServer(options);
    }

    private HttpServer create(HttpServerOptions options, VertxPlatformHttpRouter router, RequestGate gate) {
        router.route().order(-1).handler(gate).failureHandler(failed -> malformed(failed, gate));
        delegate.setPeriodic(TURN_MILLIS, gate::turn);
        HttpServer server = super.createHttpServer(
                        options.setMaxHeaderSize(gate.limits.header).setHttp2ClearTextEnabled(false))
                .connectionHandler(gate::opened)
                .invalidRequestHandler(request -> gate.refused.accept(answered(request)));
        return (HttpServer) Proxy.newProxyInstance(
                BoundedHttp.class.getClassLoader(),
                new Class<?>[] {HttpServer.class},
                (proxy, method, arguments) -> method.invoke(server, ofServer(method, arguments, gate)));
    }

    /** What Camel gives as its server's handler, its router, gets to see only what can be decoded. */
    @SuppressWarnings("unchecked")
    private static Object[] ofServer(Method method, Object[] arguments, RequestGate gate) {
        return method.getName().equals("requestHandler") && arguments != null
                ? new Object[] {EventLoopConsumer.decodable((Handler<HttpServerRequest>) arguments[0], gate)}
                : arguments;
    }

    private static void malformed(RoutingContext failed, RequestGate gate) {
        if (failed.statusCode() >= 400 && failed.statusCode() < 500) {
            gate.refuse(failed.response(), failed.statusCode(), "malformed", "The request is malformed.");
        } else {
            failed.next();
        }
    }

    private static String answered(HttpServerRequest invalid) {
        HttpServerRequest.DEFAULT_INVALID_REQUEST_HANDLER.handle(invalid);
        return switch (invalid.response().getStatusCode()) {
            case 414 -> "line_too_long";
            case 431 -> "headers_too_large";
            default -> "malformed";
        };
    }
}
