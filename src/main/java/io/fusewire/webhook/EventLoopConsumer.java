package io.fusewire.webhook;

import io.fusewire.error.FatalErrors;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.util.List;
import java.util.Locale;
import java.util.function.LongPredicate;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.apache.camel.spi.HeaderFilterStrategy;

/** Sends each request through the route on its own event loop, and answers when the route has ended. */
public final class EventLoopConsumer extends VertxPlatformHttpConsumer {
    /** The exchange's property, a LongPredicate, by which what an event costs is taken from the room for requests. */
    static final String ROOM = "fusewire-room";

    private static final int MOST_HEADERS = 100;
    private static final String MANY_HEADERS = "There are more than " + MOST_HEADERS + " headers.";
    private static final String BUSY = "Too much is in flight; come again.";
    private static final int FAILED = 500;
    private static final int STOPPING = 503;

    public EventLoopConsumer(PlatformHttpEndpoint endpoint, Processor processor, String routerName) {
        super(endpoint, processor, List.of(), routerName);
    }

    /** Hands on what Vert.x and Camel can decode, path and query; else they would answer 500, and log it in full. */
    static Handler<HttpServerRequest> decodable(Handler<HttpServerRequest> next, RequestGate gate) {
        return request -> {
            try {
                QueryStringDecoder.decodeComponent(request.uri());
            } catch (IllegalArgumentException e) {
                gate.refuse(request.response(), 400, "malformed", "The path or the query is malformed.");
                return;
            }
            asJson(request);
            next.handle(request);
        };
    }

    /** Admin has no forms, and curl calls whatever it sends one; Camel would take it apart. */
    private static void asJson(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaderNames.CONTENT_TYPE);
        if (type != null
                && request.path().startsWith("/admin/")
                && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            request.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        }
    }

    /** By its headers alone. */
    private static boolean isRefused(HttpServerRequest request, RequestGate gate) {
        String noJson = noJson(request.headers());
        String length = request.getHeader(HttpHeaderNames.CONTENT_LENGTH);
        if (!gate.open.getAsBoolean()) {
            gate.refuse(request.response(), STOPPING, "starting", "The gateway starts or stops; come again.");
        } else if (noJson != null) {
            gate.refuse(request.response(), 415, "not_json", noJson);
        } else if (request.headers().entries().size() > MOST_HEADERS) {
            gate.refuse(request.response(), 431, "headers_too_large", MANY_HEADERS);
        } else if (length != null && Long.parseLong(length.strip()) > gate.limits.body) {
            gate.refuse(request.response(), 413, "too_large", "The body is too large.");
        } else {
            return false;
        }
        return true;
    }

    /** Why a request with these headers cannot be of JSON, in a sentence; null where it can. What Vert.x would write to files is none. */
    private static String noJson(MultiMap headers) {
        List<String> types = headers.getAll(HttpHeaderNames.CONTENT_TYPE);
        String type = types.isEmpty() ? "" : types.get(0).toLowerCase(Locale.ROOT);
        if (types.size() > 1) {
            return "There is more than one Content-Type.";
        }
        return type.startsWith("multipart/") || type.startsWith("application/x-www-form-urlencoded")
                ? "Send JSON."
                : null;
    }

    /**
     * Reads a body, in place of Vert.x's BodyHandler, which has a bound for one body and none for all. A body that ends in
     * time goes on; what must not be read to its end is refused.
     */
    static void read(RoutingContext context, RequestGate.Connection connection, RequestGate gate) {
        HttpServerRequest request = context.request();
        if (isRefused(request, gate)) {
            return;
        }
        Buffer body = Buffer.buffer();
        request.exceptionHandler(broken -> {
            connection.leave(context);
            if (broken instanceof DecoderException || broken instanceof IllegalArgumentException) {
                // Vert.x closes the connection, and answers nothing.
                gate.refused.accept("malformed");
            }
        });
        request.handler(bytes -> {
            if (body.length() + bytes.length() > gate.limits.body) {
                gate.refuse(context.response(), 413, "too_large", "The body is too large.");
            } else if (connection.takes(context, bytes.length())) {
                body.appendBuffer(bytes);
            } else {
                gate.refuse(context.response(), STOPPING, "busy", BUSY);
            }
        });
        request.endHandler(end -> {
            if (connection.isWhole(context)) {
                context.put(ROOM, (LongPredicate) more -> connection.takes(context, more));
                ((RoutingContextInternal) context).visitHandler(RoutingContextInternal.BODY_HANDLER);
                ((RoutingContextInternal) context).setBody(body);
                context.next();
            } else {
                gate.refuse(context.response(), STOPPING, "busy", BUSY);
            }
        });
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaderNames.EXPECT))) {
            request.response().writeContinue();
        }
    }

    @Override
    protected void handleRequest(RoutingContext request) {
        if (isSuspended()) {
            request.response().setStatusCode(STOPPING).end();
            return;
        }
        Exchange exchange = createExchange(false);
        exchange.setPattern(ExchangePattern.InOut);
        exchange.setProperty(ROOM, request.<LongPredicate>get(ROOM));
        processHttpRequest(exchange, request).onSuccess(read -> route(request, exchange));
    }

    private void route(RoutingContext request, Exchange exchange) {
        try {
            createUoW(exchange);
        } catch (Exception e) {
            exchange.setException(e);
            end(request, exchange);
            return;
        }
        getAsyncProcessor().process(exchange, synchronously -> end(request, exchange));
    }

    /** Whatever becomes of the answer, the exchange is no longer in flight. */
    private void end(RoutingContext request, Exchange exchange) {
        try {
            answer(request, exchange);
        } catch (RuntimeException e) {
            fail(request, exchange, e);
        } finally {
            Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
            if (caught != null) {
                FatalErrors.escalate(caught);
            }
            doneUoW(exchange);
            releaseExchange(exchange, false);
        }
    }

    private void answer(RoutingContext request, Exchange exchange) {
        HttpServerResponse response = request.response();
        if (exchange.getException() != null) {
            fail(request, exchange, exchange.getException());
        } else if (!response.ended() && !response.closed()) {
            Message message = exchange.getMessage();
            response.setStatusCode(message.getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class));
            HeaderFilterStrategy filter = getEndpoint().getHeaderFilterStrategy();
            message.getHeaders().forEach((name, value) -> {
                if (value != null && !filter.applyFilterToCamelHeaders(name, value, exchange)) {
                    response.putHeader(name, String.valueOf(value));
                }
            });
            String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
            if (type != null) {
                response.putHeader(Exchange.CONTENT_TYPE, type);
            }
            byte[] body = message.getBody(byte[].class);
            request.end(body == null ? Buffer.buffer() : Buffer.buffer(body));
        }
    }

    private void fail(RoutingContext request, Exchange exchange, Exception fault) {
        getExceptionHandler().handleException("A request could not be answered", exchange, fault);
        request.fail(FAILED);
    }
}
