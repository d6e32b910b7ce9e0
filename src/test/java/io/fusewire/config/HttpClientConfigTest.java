package io.fusewire.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fusewire.delivery.RequestLimit;
import io.fusewire.testing.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a server does, a request ends when its time is over, and some of the answer is read and no more. */
class HttpClientConfigTest {
    private static final Duration CLOCK = Duration.ofMillis(500);
    private static final int PAGE = 100_000;
    private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String CHUNK = "2\r\nok\r\n";

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Map<String, String> environment = new HashMap<>();
    private HttpClientConfig http;

    @BeforeEach
    void start() {
        Properties properties = new Properties();
        for (String timeout : new String[] {"connect", "so", "response", "connection-request"}) {
            properties.setProperty("camel.component.fusewire-http." + timeout + "-timeout", "60s");
        }
        camel.getPropertiesComponent().setInitialProperties(properties);
        http = new HttpClientConfig(new Settings(camel), new HttpProxies(environment::get));
        camel.addComponent("fusewire-http", http.client());
        camel.getRegistry().bind("sink", limited(HttpClientConfig.SINK.bytes(), false));
        camel.getRegistry().bind("page", limited(PAGE, true));
        camel.start();
    }

    private Object limited(int bytes, boolean whole) {
        return http.limitedBy(new RequestLimit(CLOCK, bytes, whole));
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void a_request_and_the_wait_before_it_end_within_a_lease() {
        Duration longestWait = Duration.ofSeconds(12);
        Duration twice = HttpClientConfig.SINK.clock().multipliedBy(2);
        assertThat(twice.plus(longestWait)).isLessThan(Duration.ofMinutes(1));
        Duration fourCalls = HttpClientConfig.SLACK.clock().multipliedBy(4);
        assertThat(fourCalls.plus(longestWait)).isLessThan(Duration.ofMinutes(1));
        assertThat(HttpClientConfig.POLL.clock()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void a_body_that_trickles_is_cut_off_and_what_came_of_it_counts_for_a_sink() {
        try (RawServer server = RawServer.trickling(HEAD + CHUNK, "1\r\n.\r\n")) {
            assertThat(body(post("sink", server.base()))).startsWith("ok").hasSizeLessThan(100);
            assertThat(failure(post("page", server.base())))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("no whole answer within");
        }
    }

    @Test
    void a_head_that_trickles_is_cut_off() {
        try (RawServer server = RawServer.trickling("HTTP/1.1 200 OK\r\nX: ", "x")) {
            assertCut(server.base());
        }
    }

    @Test
    void interim_answers_without_end_are_cut_off() {
        try (RawServer server = RawServer.endless("", "HTTP/1.1 103 Early Hints\r\n\r\n")) {
            assertCut(server.base());
        }
    }

    @Test
    void a_server_that_reads_nothing_is_cut_off() {
        try (RawServer server = new RawServer((self, in, out) -> {
            while (self.open()) {
                assertThat(in).isNotNull();
            }
        })) {
            assertThat(failure(send("sink", server.base(), new byte[32 << 20])))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void a_handshake_that_trickles_is_cut_off() {
        String record = "\u0016\u0003\u0003\u003f\u0000\u0002\u0000\u003e\u0000";
        try (RawServer server = new RawServer((self, in, out) -> {
            self.say(out, record);
            while (self.open()) {
                self.say(out, "\0");
            }
        })) {
            assertCut("https://127.0.0.1:" + server.port());
        }
    }

    @Test
    void a_body_without_end_is_read_up_to_the_limit() {
        try (RawServer server = RawServer.endless(HEAD, "1000\r\n" + ".".repeat(4096) + "\r\n")) {
            assertThat(body(post("sink", server.base()))).hasSize(HttpClientConfig.SINK.bytes());
            assertThat(body(post("page", server.base()))).hasSize(PAGE);
            assertThat(server.connections()).as("what is left is not read").isEqualTo(2);
        }
    }

    @Test
    void a_body_that_grows_when_it_is_decompressed_is_read_up_to_the_limit() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 100; i++) {
                gzip.write(new byte[1 << 20]);
            }
        }
        String head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n";
        try (RawServer server = new RawServer((self, in, out) -> {
            RawServer.head(in);
            self.say(out, head + packed.toString(StandardCharsets.ISO_8859_1));
        })) {
            assertThat(body(post("sink", server.base()))).hasSize(HttpClientConfig.SINK.bytes());
        }
    }

    @Test
    void a_connection_closed_after_the_head_is_an_empty_answer_to_a_sink_and_no_answer_to_a_poll() {
        try (RawServer server = new RawServer((self, in, out) -> {
            RawServer.head(in);
            self.say(out, "HTTP/1.1 202 Accepted\r\nContent-Length: 100\r\n\r\n");
        })) {
            Exchange answer = post("sink", server.base());
            assertThat(body(answer)).isEmpty();
            assertThat(answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE))
                    .isEqualTo(202);
            assertThat(failure(post("page", server.base()))).isInstanceOf(ConnectionClosedException.class);
        }
    }

    @Test
    void headers_without_end_are_refused() {
        try (RawServer server = RawServer.endless("HTTP/1.1 200 OK\r\n", "X-More: " + "x".repeat(1_000) + "\r\n")) {
            assertThat(failure(post("sink", server.base()))).isInstanceOf(MessageConstraintException.class);
        }
        try (RawServer server = RawServer.endless("HTTP/1.1 200 OK\r\nX-Long: ", "x".repeat(1_000))) {
            assertThat(failure(post("sink", server.base()))).isInstanceOf(MessageConstraintException.class);
        }
    }

    @Test
    void a_redirect_is_not_followed() {
        try (RawServer server = new RawServer((self, in, out) -> {
            RawServer.head(in);
            self.say(out, "HTTP/1.1 302 Found\r\nLocation: " + self.base() + "\r\nContent-Length: 0\r\n\r\n");
        })) {
            Exchange answer = post("sink", server.base());
            assertThat(answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE))
                    .isEqualTo(302);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void what_a_server_sets_as_a_cookie_is_neither_kept_nor_sent_back() {
        StringBuilder asked = new StringBuilder();
        try (RawServer server = new RawServer((self, in, out) -> {
            while (self.open()) {
                asked.append(RawServer.head(in));
                assertThat(in.read()).isEqualTo('x');
                self.say(out, "HTTP/1.1 200 OK\r\nSet-Cookie: of=another\r\nContent-Length: 2\r\n\r\nok");
            }
        })) {
            for (int i = 0; i < 2; i++) {
                assertThat(body(post("sink", server.base()))).isEqualTo("ok");
            }
            assertThat(asked.toString()).contains("POST / ").doesNotContainIgnoringCase("cookie");
        }
    }

    @Test
    void a_connection_is_used_again_after_a_whole_answer() {
        try (RawServer server = new RawServer((self, in, out) -> {
            while (self.open()) {
                RawServer.head(in);
                assertThat(in.read()).isEqualTo('x');
                self.say(out, HEAD + CHUNK + "0\r\n\r\n");
            }
        })) {
            for (int i = 0; i < 3; i++) {
                assertThat(body(post("sink", server.base()))).isEqualTo("ok");
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    /** Camel would read a charset that is none with an error, and write the next request in one that is known. */
    @Test
    void an_answer_in_another_charset_is_read_in_it_and_changes_no_request_after_it() {
        StringBuilder asked = new StringBuilder();
        for (String charset : new String[] {"utf-16le", "ISO-8859-1", "no-such-charset", "\"", ""}) {
            byte[] body = "schön"
                    .getBytes(charset.equals("utf-16le") ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1);
            String head = "HTTP/1.1 500 So\r\nContent-Type: text/plain; charset=" + charset + "\r\nContent-Length: "
                    + body.length + "\r\n\r\n";
            try (RawServer server = new RawServer((self, in, out) -> {
                RawServer.head(in);
                asked.append((char) in.read());
                self.say(out, head + new String(body, StandardCharsets.ISO_8859_1));
            })) {
                Exchange answer = post("sink", server.base());
                assertThat(body(answer)).startsWith("sch").hasSize(5);
                assertThat(answer.getProperty(Exchange.CHARSET_NAME)).isNull();
            }
        }
        assertThat(asked).hasToString("xxxxx");
    }

    private void assertCut(String url) {
        for (String limit : new String[] {"sink", "page"}) {
            assertThat(failure(post(limit, url)))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("no whole answer within");
        }
    }

    private Exchange post(String limit, String url) {
        return send(limit, url, "x".getBytes(StandardCharsets.UTF_8));
    }

    /** Fails where it takes much longer than it may; the client's own time-outs are a minute here. */
    private Exchange send(String limit, String url, byte[] body) {
        long began = System.nanoTime();
        Exchange answer = camel.createProducerTemplate()
                .send(
                        "fusewire-http:x?httpMethod=POST&throwExceptionOnFailure=false&httpClientConfigurer=%23"
                                + limit,
                        exchange -> {
                            exchange.getMessage().setHeader(Exchange.HTTP_URI, url);
                            exchange.getMessage().setBody(body);
                        });
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
        return answer;
    }

    private static String body(Exchange answer) {
        assertThat(answer.getException()).isNull();
        try (InputStream body = answer.getMessage().getBody(InputStream.class)) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Throwable failure(Exchange answer) {
        Throwable failure = answer.getException();
        return failure == null ? catchThrowable(() -> body(answer)) : failure;
    }
}
