package io.fusewire.webhook;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
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
    private static final String NOTHING_HERE = "There is nothing at this path: webhooks are posted to"
            + " /webhooks/langfuse, and health, metrics and admin are on the management port (camel.management.port).";
    private static final String FAULT = "The request failed by a fault of the gateway's; its log says why.";

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
        router.route().order(-2).method(HttpMethod.HEAD).handler(BoundedHttp::asGet);
        router.route().order(-1).handler(gate).failureHandler(failed -> malformed(failed, gate));
        delegate.setPeriodic(TURN_MILLIS, gate::turn);
        options.setMaxHeaderSize(gate.limits.header).setHttp2ClearTextEnabled(false);
        return SpreadHttpServer.of(delegate, handler -> super.createHttpServer(options)
                .connectionHandler(gate::opened)
                .invalidRequestHandler(request -> invalid(request, gate))
                .requestHandler(guarded(handler, gate)));
    }

    /** What Camel gives as its server's handler, its router, gets to see only what can be decoded. */
    private static Handler<HttpServerRequest> guarded(Handler<HttpServerRequest> handler, RequestGate gate) {
        if (handler instanceof Router root) {
            root.errorHandler(404, nowhere -> gate.refuse(nowhere.response(), 404, "unknown_path", NOTHING_HERE));
            root.errorHandler(500, failed -> gate.refuse(failed.response(), 500, "failed", FAULT));
        }
        return EventLoopConsumer.decodable(handler, gate);
    }

    /** HEAD is GET without its body, which the server leaves out by itself; Camel's health knows GET alone. */
    private static void asGet(RoutingContext head) {
        head.reroute(HttpMethod.GET, head.request().path());
    }

    private static void malformed(RoutingContext failed, RequestGate gate) {
        if (failed.statusCode() >= 400 && failed.statusCode() < 500) {
            gate.refuse(failed.response(), failed.statusCode(), "malformed", "The request is malformed.");
        } else {
            failed.next();
        }
    }

    /** What Netty could not read as a request. */
    private static void invalid(HttpServerRequest request, RequestGate gate) {
        Throwable cause = request.decoderResult().cause();
        if (cause instanceof TooLongHttpLineException) {
            gate.refuse(request.response(), 414, "line_too_long", "The request's first line is too long.");
        } else if (cause instanceof TooLongHttpHeaderException) {
            gate.refuse(request.response(), 431, "headers_too_large", "The headers are too large.");
        } else {
            gate.refuse(request.response(), 400, "malformed", "The request is malformed.");
        }
        request.connection().close();
    }
}
