package io.fusewire.sinks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.RawServer;
import io.fusewire.testing.RunningGateway;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a sink that speaks HTTP keeps beside the rest. */
abstract class HttpSinkContract extends SinkContract {
    private static final List<String> EVERY_REQUESTS =
            List.of("accept-encoding", "connection", "content-length", "content-type", "host", "user-agent");

    private final String sink;
    private final int status;
    private final String body;
    private FakeHttpSink there;

    /** With the status and the body that it answers when it has taken an alert. */
    HttpSinkContract(String sink, int status, String body) {
        this.sink = sink;
        this.status = status;
        this.body = body;
    }

    @Override
    String sink() {
        return sink;
    }

    /** Properties that point it at {@code base}; {@code secret} is to be part of its address. */
    Map<String, String> properties(String base, String secret) {
        return Map.of("sinks." + sink() + ".webhook-url", base + "/hooks/" + secret);
    }

    /** The names of the headers that this sink sends beside those of every request. */
    List<String> ownHeaders() {
        return List.of();
    }

    FakeHttpSink there() {
        return there;
    }

    @Override
    OtherSide otherSide() {
        there = new FakeHttpSink(() -> aResponse().withStatus(status).withBody(body));
        return there;
    }

    @Override
    Map<String, String> properties(OtherSide side, String secret) {
        return properties(there.base(), secret);
    }

    @Test
    void no_header_leaves_but_its_own() {
        gateway().post(RunningGateway.fresh("trace-error"));
        await().until(() -> there.requests().size() == 1);
        Set<String> allowed = new TreeSet<>(EVERY_REQUESTS);
        allowed.addAll(ownHeaders());
        assertThat(FakeHttpSink.headers(there.requests().get(0)))
                .containsAll(ownHeaders())
                .isSubsetOf(allowed);
    }

    @Test
    void an_answer_without_end_is_read_for_some_kilobytes() {
        String begin = "HTTP/1.1 " + status + " Sure\r\nTransfer-Encoding: chunked\r\n\r\n";
        try (RawServer endless = RawServer.endless(begin, "1000\r\n" + ".".repeat(4096) + "\r\n")) {
            gateway().with(properties(endless.base(), SECRET));
            gateway().restart();
            gateway().post(RunningGateway.fresh("trace-error"));
            await("it has come, or it may have")
                    .until(() -> List.of("delivered", "waiting").contains(state())
                            && leases() == 0
                            && endless.connections() > 0);
            assertThat(endless.said()).isLessThan(endless.connections() * 16L << 20);
        }
    }
}
