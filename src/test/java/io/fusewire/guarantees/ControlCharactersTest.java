package io.fusewire.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.fusewire.cli.Commands;
import io.fusewire.component.FailureReason;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.LogLines;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;

/** A terminal obeys control characters, C1 as well as C0: what comes from outside brings none into a log, a reason or an answer. */
class ControlCharactersTest {
    private static final String HOSTILE = "a\u009b31mb\u001b[31mc\u0085d\u007fe\u0000f";
    private static final String OBEYED = "[\\x00-\\x08\\x0B-\\x1F\\x7F-\\x9F]";

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    @Test
    void a_type_brings_none_into_the_log_or_the_metrics() {
        try (LogLines log = new LogLines()) {
            assertThat(gateway.post(event()).statusCode()).isEqualTo(200);
            assertThat(log.text()).contains("unknown type 'a 31mb [31mc d e f'").doesNotContainPattern(OBEYED);
        }
        await().until(() -> metrics().contains("a 31mb"));
        assertThat(metrics()).doesNotContainPattern(OBEYED);
    }

    @Test
    void an_answer_to_an_operator_has_them_escaped_and_says_the_same() {
        HttpResponse<String> answer = gateway.management("POST", "/admin/explain", event());
        assertThat(answer.body()).doesNotContainPattern(OBEYED).contains("\\u009b");
        assertThat(GatewayExtension.json(answer).path("type").asText()).isEqualTo(HOSTILE);
    }

    @Test
    void a_reason_has_none() {
        assertThat(FailureReason.of(new IllegalStateException(HOSTILE + "\u2028g"), UnaryOperator.identity()))
                .isEqualTo("IllegalStateException: a 31mb [31mc d e f g");
    }

    @Test
    void a_command_prints_none() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(Commands.all(both, both).execute("a\u009b31m\u001b[31mb")).isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("a 31m [31mb").doesNotContainPattern(OBEYED);
    }

    @Test
    void the_programs_log_has_none_of_anybodys_in_messages_and_stack_traces() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream before = System.out;
        LoggerContext program = new LoggerContext();
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(program);
            program.setMDCAdapter(new LogbackMDCAdapter());
            configurator.doConfigure(Path.of("src/main/resources/logback.xml").toFile());
            Logger anybodys = program.getLogger("somebody.else");
            anybodys.warn("{}\nforged", HOSTILE, new IllegalStateException(HOSTILE));
            anybodys.info("next");
            program.getLogger("fusewire.would-send").info("it would have been sent:\n{}", HOSTILE);
        } finally {
            System.setOut(before);
            program.stop();
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .doesNotContainPattern(OBEYED)
                .containsPattern("WARN +somebody.else a 31mb \\[31mc d e f forged\n")
                .containsOnlyOnce("IllegalStateException: a 31mb")
                .containsPattern("\n\tat io\\.fusewire\\..*\n")
                .containsPattern("\n.* INFO +somebody.else next\n")
                .containsOnlyOnce("\na 31mb [31mc d e f\n");
    }

    private static String metrics() {
        return gateway.management("GET", "/observe/metrics").body();
    }

    private static String event() {
        String escaped = "a\\u009b31mb\\u001b[31mc\\u0085d\\u007fe\\u0000f";
        return "{\"type\":\"" + escaped + "\",\"id\":\"" + UUID.randomUUID() + "\"}";
    }
}
