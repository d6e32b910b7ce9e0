package io.fusewire.harness;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A sink that answers each post in another way that no sink should: without end, byte by byte, in circles, not at all. */
final class HostileSink implements Closeable {
    private static final byte[] BLOCK = "x".repeat(64 * 1_024).getBytes(StandardCharsets.US_ASCII);
    private static final int HEADERS = 100 << 20;
    private static final int BLOCK_PAUSE_MILLIS = 10;

    /** What is answered until the gateway hangs up. */
    private interface Answer {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger posts = new AtomicInteger();
    private final List<Answer> answers =
            List.of(HostileSink::withoutEnd, HostileSink::byteByByte, HostileSink::headers, this::circle, out -> {
                TimeUnit.MINUTES.sleep(10);
            });

    HostileSink() throws IOException {
        threads.execute(this::take);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/hostile";
    }

    /** How often it was posted to. */
    int posts() {
        return posts.get();
    }

    private void take() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> answer(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            socket.getInputStream().read(new byte[64 * 1_024]);
            answers.get(posts.getAndIncrement() % answers.size()).to(socket.getOutputStream());
        } catch (IOException hungUp) {
            // What else should a gateway do?
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void withoutEnd(OutputStream out) throws IOException, InterruptedException {
        send(out, "HTTP/1.1 200 OK\r\n\r\n");
        while (true) {
            out.write(BLOCK);
            TimeUnit.MILLISECONDS.sleep(BLOCK_PAUSE_MILLIS);
        }
    }

    private static void byteByByte(OutputStream out) throws IOException, InterruptedException {
        send(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        while (true) {
            out.write('x');
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private static void headers(OutputStream out) throws IOException, InterruptedException {
        send(out, "HTTP/1.1 200 OK\r\n");
        for (int sent = 0; sent < HEADERS; sent += BLOCK.length) {
            send(out, "X-Header-" + sent + ": ");
            out.write(BLOCK);
            send(out, "\r\n");
            TimeUnit.MILLISECONDS.sleep(BLOCK_PAUSE_MILLIS);
        }
    }

    private void circle(OutputStream out) throws IOException {
        send(out, "HTTP/1.1 307 Temporary Redirect\r\nLocation: " + url() + "\r\nContent-Length: 0\r\n\r\n");
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
