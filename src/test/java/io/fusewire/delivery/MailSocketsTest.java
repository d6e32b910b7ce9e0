package io.fusewire.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fusewire.testing.RawServer;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Whatever a mail server does, an attempt ends when its time is over, and so much is read and no more. */
class MailSocketsTest {
    private static final Duration CLOCK = Duration.ofMillis(500);

    @Test
    void an_attempt_and_the_wait_before_it_end_within_a_lease() {
        assertThat(MailSockets.CLOCK.plusSeconds(12)).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void a_greeting_that_trickles_is_cut_off() {
        assertThat(connect(new RawServer((self, in, out) -> {
                    while (self.open()) {
                        self.say(out, "2");
                    }
                })))
                .hasStackTraceContaining("SocketTimeoutException: no end within");
    }

    @Test
    void lines_that_come_one_by_one_are_cut_off() {
        assertThat(connect(new RawServer((self, in, out) -> {
                    while (self.open()) {
                        self.say(out, "220-and one more\r\n");
                    }
                })))
                .hasStackTraceContaining("SocketTimeoutException: no end within");
    }

    @Test
    void a_greeting_without_end_is_read_up_to_the_limit() {
        RawServer server = new RawServer((self, in, out) -> {
            while (true) {
                self.say(out, "220-and one more\r\n");
            }
        });
        assertThat(connect(server)).hasStackTraceContaining("the mail server said more than 256 KiB");
    }

    @Test
    void a_line_without_end_is_read_up_to_the_limit() {
        RawServer server = new RawServer((self, in, out) -> {
            while (true) {
                self.say(out, "2".repeat(1_000));
            }
        });
        assertThat(connect(server)).hasStackTraceContaining("the mail server said more than 256 KiB");
    }

    @Test
    void a_handshake_that_trickles_is_cut_off() {
        RawServer server = new RawServer((self, in, out) -> {
            self.say(out, "\u0016\u0003\u0003\u003f\u0000\u0002\u0000\u003e\u0000");
            while (self.open()) {
                self.say(out, "\0");
            }
        });
        assertThat(connect(server, "smtps")).isNotNull();
    }

    @Test
    void a_server_that_reads_nothing_is_cut_off() throws IOException {
        try (RawServer server = new RawServer((self, in, out) -> {
                    while (self.open()) {
                        assertThat(out).isNotNull();
                    }
                });
                Socket socket = new MailSockets(CLOCK).createSocket()) {
            socket.connect(new java.net.InetSocketAddress("127.0.0.1", server.port()));
            assertThat(catchThrowable(() -> socket.getOutputStream().write(new byte[64 << 20])))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_socket_that_was_closed_in_time_is_no_late_one() throws IOException {
        Socket socket = new MailSockets(CLOCK).createSocket();
        socket.close();
        assertThat(socket.isClosed()).isTrue();
        assertThat(catchThrowable(socket::getInputStream)).isNotInstanceOf(SocketTimeoutException.class);
    }

    private static Throwable connect(RawServer server) {
        return connect(server, "smtp");
    }

    /** Its own time-outs are none here. */
    private static Throwable connect(RawServer server, String protocol) {
        Properties properties = new Properties();
        properties.put("mail." + protocol + ".socketFactory", new MailSockets(CLOCK));
        properties.put("mail." + protocol + ".socketFactory.fallback", "false");
        long began = System.nanoTime();
        try (server;
                Transport transport = Session.getInstance(properties).getTransport(protocol)) {
            Throwable failure = catchThrowable(() -> transport.connect("127.0.0.1", server.port(), "", ""));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
            return failure;
        } catch (jakarta.mail.MessagingException e) {
            throw new AssertionError(e);
        }
    }
}
