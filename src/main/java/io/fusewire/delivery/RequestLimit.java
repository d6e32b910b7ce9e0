package io.fusewire.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one HTTP request of ours may take; the client's own time-outs are silences between two bytes. Thread-safe.
 *
 * @param clock for connecting, sending, waiting and reading together
 * @param bytes the most that is read of an answer's body, after decompression
 * @param whole whether a body that breaks off is a failure; else what came of it is the body
 */
public record RequestLimit(Duration clock, int bytes, boolean whole) implements ExecChainHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RequestLimit.class);

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        cutOff(end, clock, ((Cancellable) scope.originalRequest)::cancel);
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            if (response.getEntity() != null) {
                response.setEntity(read(response.getEntity()));
                // Camel would read the answer, and write the next request, in a charset that the sink names.
                response.removeHeaders(HttpHeaders.CONTENT_TYPE);
            }
            return response;
        } catch (IOException | HttpException | RuntimeException e) {
            if (end.isCompletedExceptionally()) {
                LOG.debug("A request was cut off", e);
                throw new SocketTimeoutException("no whole answer within " + clock.toSeconds() + " s");
            }
            throw e;
        } finally {
            end.complete(true);
            // What is left of the answer is not read, so that the connection is of no further use.
            scope.execRuntime.discardEndpoint();
        }
    }

    /**
     * Does something in another thread when what should have ended has not. Only then: a stage that is asynchronous itself has
     * a thread of its own made each time, on a machine of one or two processors.
     */
    static void cutOff(CompletableFuture<Boolean> end, Duration clock, Runnable cut) {
        end.orTimeout(clock.toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> {
            CompletableFuture.runAsync(cut);
            return false;
        });
    }

    /** As UTF-8, whatever charset it has, if that is known. */
    private HttpEntity read(HttpEntity body) throws IOException {
        byte[] read = new byte[bytes];
        int length = 0;
        try {
            // Never closed: that would read the rest.
            InputStream in = body.getContent();
            for (int more = 0; more >= 0 && length < bytes; length += Math.max(more, 0)) {
                more = in.read(read, length, bytes - length);
            }
        } catch (IOException e) {
            if (whole) {
                throw e;
            }
            LOG.debug("An answer broke off after {} bytes", length, e);
        }
        ContentType type = ContentType.parseLenient(body.getContentType());
        Charset charset = type == null ? null : type.getCharset();
        if (charset == null || charset.equals(StandardCharsets.UTF_8)) {
            return new ByteArrayEntity(read, 0, length, null);
        }
        return new ByteArrayEntity(new String(read, 0, length, charset).getBytes(StandardCharsets.UTF_8), null);
    }
}
