package io.fusewire.delivery;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.SocketFactory;

/**
 * Sockets to mail servers, one for each attempt at a mail: each is closed when its time is over, whatever is going on
 * over it, and gives so many bytes and no more. Jakarta Mail's own time-outs are silences between two bytes, and a reply
 * of the server may be of any length. Thread-safe.
 */
public final class MailSockets extends SocketFactory {
    /** For connecting, TLS and the whole talk; with the wait before a redelivery shorter than a delivery's lease. */
    static final Duration CLOCK = Duration.ofSeconds(40);

    /** All that a server says, its certificates included. */
    static final int MOST_BYTES = 256 << 10;

    private final Duration clock;

    MailSockets(Duration clock) {
        this.clock = clock;
    }

    /** Jakarta Mail finds a factory by its class and this method. */
    public static SocketFactory getDefault() {
        return new MailSockets(CLOCK);
    }

    /** Not connected yet; its time runs. */
    @Override
    public Socket createSocket() {
        return new Limited(clock);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new SocketException("Jakarta Mail connects by itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket(host.getHostName(), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    private static final class Limited extends Socket {
        private final Duration clock;
        private final CompletableFuture<Boolean> end = new CompletableFuture<>();

        Limited(Duration clock) {
            this.clock = clock;
            RequestLimit.cutOff(end, clock, this::cut);
        }

        private void cut() {
            try {
                super.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new LimitedStream(super.getInputStream());
        }

        @Override
        public void close() throws IOException {
            end.complete(true);
            super.close();
        }

        private final class LimitedStream extends FilterInputStream {
            private int left = MOST_BYTES;

            LimitedStream(InputStream in) {
                super(in);
            }

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (left == 0) {
                    throw new IOException("the mail server said more than " + (MOST_BYTES >> 10) + " KiB");
                }
                try {
                    int read = super.read(into, offset, Math.min(length, left));
                    left -= Math.max(read, 0);
                    return read;
                } catch (SocketException e) {
                    throw end.isCompletedExceptionally() ? late(e) : e;
                }
            }
        }

        private SocketTimeoutException late(SocketException cut) {
            SocketTimeoutException late = new SocketTimeoutException("no end within " + clock.toSeconds() + " s");
            late.initCause(cut);
            return late;
        }
    }
}
