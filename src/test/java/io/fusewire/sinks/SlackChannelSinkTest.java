package io.fusewire.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.testing.FakeSlackApi;
import io.fusewire.testing.FakeSlackApi.Call;
import io.fusewire.testing.RawServer;
import io.fusewire.testing.RunningGateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sink slack where a bot posts to a channel keeps what every sink keeps. */
class SlackChannelSinkTest extends SinkContract {
    private static final Duration TOO_LONG = Duration.ofSeconds(12);
    private static final String BOT = "xoxb-" + SECRET;

    private FakeSlackApi api;

    /** Slack's Web API. */
    private record WebApi(FakeSlackApi api) implements OtherSide {
        @Override
        public void takes() {
            api.takes();
        }

        @Override
        public void isSlow() {
            api.isSlow(TOO_LONG);
        }

        @Override
        public void refuses(String secret) {
            api.refuses("no_text\",\"needed\":\"no such thing at xoxb-" + secret);
        }

        @Override
        public List<Runnable> troubles() {
            return List.of(
                    () -> api.refuses("internal_error"),
                    () -> api.answers(200, "5", "{\"ok\":false,\"error\":\"ratelimited\"}"),
                    () -> api.answers(429, "5", "{\"ok\":false,\"error\":\"ratelimited\"}"),
                    () -> api.answers(503, null, "<html>"),
                    () -> api.isSlow(TOO_LONG));
        }

        @Override
        public List<JsonNode> received() {
            return api.calls().stream().map(Call::arguments).toList();
        }

        @Override
        public void close() {
            api.close();
        }
    }

    @Override
    String sink() {
        return "slack";
    }

    @Override
    String golden() {
        return "slack-channel";
    }

    @Override
    void configure(Path folder) {
        gateway().without("sinks.slack.webhook-url");
    }

    @Override
    OtherSide otherSide() {
        api = new FakeSlackApi();
        api.bot(BOT, "B0CONTRACT");
        return new WebApi(api);
    }

    @Override
    Map<String, String> properties(OtherSide there, String secret) {
        return Map.of(
                "sinks.slack.bot-token", "xoxb-" + secret,
                "sinks.slack.channel", "#" + FakeSlackApi.CHANNEL,
                "sinks.slack.api-url", api.url());
    }

    @AfterEach
    void no_published_rule_was_broken() {
        assertThat(api.violations()).isEmpty();
    }

    @Test
    void the_token_stands_in_its_header_and_nowhere_else() {
        gateway().post(RunningGateway.fresh("trace-error"));
        await().until(() -> api.calls().size() == 1);
        Call call = api.calls().get(0);
        assertThat(call.headers()).containsEntry("authorization", "Bearer " + BOT);
        assertThat(call.arguments().toString()).doesNotContain(SECRET);
        assertThat(call.method()).isEqualTo("chat.postMessage");
    }

    @Test
    void an_answer_that_repeats_a_message_of_the_greatest_length_is_read() {
        String event = RunningGateway.fresh("trace-error").replace("429 Too Many Requests", "\u00e9".repeat(20_000));
        gateway().post(event);
        await().until(() -> state().equals("delivered"));
        assertThat(api.calls()).hasSize(1);
    }

    @Test
    void a_success_without_end_is_read_for_some_kilobytes_and_asked_for_once() {
        String begin = "HTTP/1.1 200 Sure\r\nTransfer-Encoding: chunked\r\n\r\n";
        try (RawServer endless = RawServer.endless(begin, "1000\r\n" + ".".repeat(4096) + "\r\n")) {
            gateway().with("sinks.slack.api-url", endless.base());
            gateway().restart();
            gateway().post(RunningGateway.fresh("trace-error"));
            await().until(() -> state().equals("delivered") && leases() == 0);
            assertThat(endless.connections()).isOne();
            assertThat(endless.said()).isLessThan(16L << 20);
        }
    }
}
