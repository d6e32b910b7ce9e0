package io.fusewire.harness;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A connection on which anything can be sent. It waits for nobody: what the other side doesn't take stays unsent. */
final class RawConnection implements Closeable {
    private static final int CONNECT_MILLIS = 1_000;
    private static final int STATUS_LINE = "HTTP/1.1 200".length();

    private final SocketChannel channel = SocketChannel.open();
    private final long openedAt = System.nanoTime();
    private final ByteBuffer read = ByteBuffer.allocate(8_192);
    private final StringBuilder answer = new StringBuilder();
    private ByteBuffer unsent;

    /** @throws IOException when nobody takes the connection within a second */
    RawConnection(int port, byte[] opening) throws IOException {
        unsent = ByteBuffer.wrap(opening);
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.socket().connect(new InetSocketAddress("127.0.0.1", port), CONNECT_MILLIS);
            channel.configureBlocking(false);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Sends what is unsent, or else some more, and reads what has come; false when the other side is gone. */
    boolean goOn(byte[] more) {
        try {
            if (!unsent.hasRemaining()) {
                unsent = ByteBuffer.wrap(more);
            }
            channel.write(unsent);
            int count = channel.read(read.clear());
            for (; count > 0; count = channel.read(read.clear())) {
                answer.append(StandardCharsets.US_ASCII.decode(read.flip()));
                answer.setLength(Math.min(answer.length(), STATUS_LINE));
            }
            return count == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The status that was answered; empty when nothing was. */
    String status() {
        return answer.length() < STATUS_LINE ? "" : answer.substring(STATUS_LINE - 3);
    }

    double seconds() {
        return (System.nanoTime() - openedAt) / 1e9;
    }

    /** Hangs up at once, in the midst of whatever it is. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
