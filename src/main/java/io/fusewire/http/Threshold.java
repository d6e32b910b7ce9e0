package io.fusewire.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/**
 * What the HTTP server must refuse by itself, before a body is read. Forms: Camel 4.18 has no switch that keeps Vert.x
 * from writing their uploads to files, before anybody is proven. And a body over the limit, whose 413 gets a JSON answer.
 */
public final class Threshold implements Handler<RoutingContext> {
    private static final int TOO_LARGE = 413;

    /** Puts it before all other routes of the server. */
    public static void before(Router server) {
        server.route().order(-1).handler(new Threshold()).failureHandler(Threshold::tooLarge);
    }

    @Override
    public void handle(RoutingContext request) {
        String type =
                String.valueOf(request.request().getHeader("Content-Type")).toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart/") || type.startsWith("application/x-www-form-urlencoded")) {
            answer(request, 415, "Send JSON.");
        } else {
            request.next();
        }
    }

    private static void tooLarge(RoutingContext request) {
        if (request.statusCode() == TOO_LARGE) {
            answer(request, TOO_LARGE, "The body is too large.");
        } else {
            request.next();
        }
    }

    private static void answer(RoutingContext request, int status, String sentence) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end("{\"error\":\"" + sentence + "\"}");
    }
}
