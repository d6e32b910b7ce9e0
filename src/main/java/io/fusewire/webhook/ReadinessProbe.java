package io.fusewire.webhook;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Says to load balancers, at the webhooks' own port, whether events are taken: 200 or 503, and nothing else, for nobody is
 * proven there. One look serves all who ask within a second. Runs on event loops; thread-safe.
 */
public final class ReadinessProbe {
    /** Where balancers ask; many of them at the root, unless they are told otherwise. */
    static final Set<String> PATHS = Set.of("/healthz", "/");

    private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

    private final BooleanSupplier ready;
    private Future<Boolean> found;
    private long askedAt;

    /** @param ready whether events are taken; may look into the store, and is asked on a thread that may wait */
    public ReadinessProbe(BooleanSupplier ready) {
        this.ready = ready;
    }

    /** Answers, also while the gateway starts or stops; false, since the request goes no further. */
    boolean answers(RoutingContext context) {
        if (context.request().method() != HttpMethod.GET) {
            answer(context.response().putHeader(HttpHeaderNames.ALLOW, "GET, HEAD"), 405, "{\"error\":\"Use GET.\"}");
            return false;
        }
        Context loop = context.vertx().getOrCreateContext();
        look(context.vertx())
                .onComplete(looked -> loop.runOnContext(then -> {
                    if (Boolean.TRUE.equals(looked.result())) {
                        answer(context.response(), 200, "{\"ready\":true}");
                    } else {
                        answer(context.response(), 503, "{\"ready\":false}");
                    }
                }));
        return false;
    }

    private synchronized Future<Boolean> look(Vertx vertx) {
        if (found == null || found.isComplete() && System.nanoTime() - askedAt > FRESH) {
            askedAt = System.nanoTime();
            found = vertx.executeBlocking(ready::getAsBoolean, false);
        }
        return found;
    }

    private static void answer(HttpServerResponse response, int status, String json) {
        if (!response.headWritten() && !response.closed()) {
            response.setStatusCode(status)
                    .putHeader(HttpHeaderNames.CONTENT_TYPE, "application/json")
                    .putHeader(HttpHeaderNames.CACHE_CONTROL, "no-store")
                    .end(json);
        }
    }
}
