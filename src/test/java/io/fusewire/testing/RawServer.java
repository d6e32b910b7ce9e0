package io.fusewire.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A server that says what no honest one would, byte by byte. */
public final class RawServer implements AutoCloseable {
    private final ServerSocket listening;
    private final Talk talk;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong said = new AtomicLong();

    /** What it does with a connection, until that is closed. */
    public interface Talk {
        void with(RawServer server, InputStream in, OutputStream out) throws IOException;
    }

    public RawServer(Talk talk) {
        this.talk = talk;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** One that reads a request's head and answers with this, and then without end with that. */
    public static RawServer endless(String begin, String more) {
        return new RawServer((server, in, out) -> {
            head(in);
            server.say(out, begin);
            while (true) {
                server.say(out, more);
            }
        });
    }

    /** As {@link #endless}, with a breath of 50 ms before each piece. */
    public static RawServer trickling(String begin, String more) {
        return new RawServer((server, in, out) -> {
            head(in);
            server.say(out, begin);
            while (server.open()) {
                server.say(out, more);
            }
        });
    }

    /** Waits a moment; false once the server is closed. */
    public boolean open() {
        try {
            return !closing.await(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    public void say(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        out.write(bytes);
        out.flush();
        said.addAndGet(bytes.length);
    }

    /** Reads to the empty line after a request's head, and gives what it read. */
    public static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int last = 0; last != 0x0d0a0d0a; ) {
            int each = in.read();
            if (each < 0) {
                return head.toString();
            }
            last = last << 8 | each;
            head.append((char) each);
        }
        return head.toString();
    }

    public int port() {
        return listening.getLocalPort();
    }

    public String base() {
        return "http://127.0.0.1:" + port();
    }

    public int connections() {
        return connections.get();
    }

    /** How many bytes it could write. */
    public long said() {
        return said.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                connections.incrementAndGet();
                daemon(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            talk.with(this, client.getInputStream(), client.getOutputStream());
        } catch (IOException e) {
            // The other side hung up, as it should.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
