package io.fusewire.webhook;

import io.fusewire.error.FatalErrors;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.apache.camel.spi.HeaderFilterStrategy;

/** Sends each request through the route on its own event loop, and answers when the route has ended. */
public final class EventLoopConsumer extends VertxPlatformHttpConsumer {
    private static final int FAILED = 500;
    private static final int STOPPING = 503;

    public EventLoopConsumer(
            PlatformHttpEndpoint endpoint,
            Processor processor,
            List<Handler<RoutingContext>> handlers,
            String routerName) {
        super(endpoint, processor, handlers, routerName);
    }

    @Override
    protected void handleRequest(RoutingContext request) {
        if (isSuspended()) {
            request.response().setStatusCode(STOPPING).end();
            return;
        }
        Exchange exchange = createExchange(false);
        exchange.setPattern(ExchangePattern.InOut);
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
            FatalErrors.escalate(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
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
