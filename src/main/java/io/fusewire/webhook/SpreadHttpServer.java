package io.fusewire.webhook;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.AsyncResult;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Function;

/**
 * An HTTP server that is one for each processor on the same port, each on an event loop of its own: Vert.x hands each new
 * connection to the next of them. What Camel 4.18 makes outside a verticle has one event loop.
 */
final class SpreadHttpServer implements InvocationHandler {
    /** One port, any that is free, for all servers of a deployment; with 0 each would have its own. */
    private static final int ANY_SHARED = -1;

    private final Vertx vertx;
    private final Function<Handler<HttpServerRequest>, HttpServer> making;
    private volatile Handler<HttpServerRequest> handler;
    private volatile HttpServer last;
    private volatile Future<String> deployment = Future.failedFuture("It does not listen yet.");

    private SpreadHttpServer(Vertx vertx, Function<Handler<HttpServerRequest>, HttpServer> making) {
        this.vertx = vertx;
        this.making = making;
    }

    /**
     * One that does what Camel asks of a server: it takes a handler, listens, tells its port and closes.
     *
     * @param making makes one server that has this handler
     */
    static HttpServer of(Vertx vertx, Function<Handler<HttpServerRequest>, HttpServer> making) {
        return (HttpServer) Proxy.newProxyInstance(
                SpreadHttpServer.class.getClassLoader(),
                new Class<?>[] {HttpServer.class},
                new SpreadHttpServer(vertx, making));
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object invoke(Object proxy, Method method, Object[] arguments) throws ReflectiveOperationException {
        int given = arguments == null ? 0 : arguments.length;
        switch (method.getName() + "/" + given) {
            case "requestHandler/1" -> handler = (Handler<HttpServerRequest>) arguments[0];
            case "listen/3" -> listen((int) arguments[0], (String) arguments[1])
                    .map((HttpServer) proxy)
                    .onComplete((Handler<AsyncResult<HttpServer>>) arguments[2]);
            case "close/1" -> deployment.compose(vertx::undeploy).onComplete((Handler<AsyncResult<Void>>) arguments[0]);
            case "actualPort/0" -> {
                return last == null ? 0 : last.actualPort();
            }
            default -> {
                // What every object has; of a server's methods Camel calls no other.
                return method.invoke(this, arguments);
            }
        }
        return method.getReturnType() == HttpServer.class ? proxy : null;
    }

    private Future<String> listen(int port, String host) {
        deployment = vertx.deployVerticle(
                () -> new AbstractVerticle() {
                    @Override
                    public void start(Promise<Void> listening) {
                        making.apply(handler)
                                .listen(port == 0 ? ANY_SHARED : port, host)
                                .onSuccess(listens -> last = listens)
                                .<Void>mapEmpty()
                                .onComplete(listening);
                    }
                },
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()));
        return deployment;
    }
}
