package io.fusewire.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.testing.PagerDutyContract;
import io.fusewire.testing.SlackContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example event, as each sink is told of it. {@code -Dgolden=write} writes the files anew. */
class RenderedTest {
    private static final Path GOLDEN = Path.of("src/test/resources/rendered");

    @ParameterizedTest
    @MethodSource("io.fusewire.testing.ExampleEvents#names")
    void each_example_reads_as_written_down(String event) throws IOException {
        Alert alert = Alerts.example(event);

        ObjectNode slack = Alerts.message("slack", alert);
        assertThat(SlackContract.violations(slack)).isEmpty();
        isAsWritten("slack/" + event, slack);

        ObjectNode pagerduty = Alerts.message("pagerduty", alert);
        assertThat(PagerDutyContract.violations(pagerduty)).isEmpty();
        isAsWritten("pagerduty/" + event, pagerduty.without("routing_key"));
    }

    static void isAsWritten(String name, ObjectNode message) throws IOException {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        String text = Alerts.JSON.writer(printer).writeValueAsString(message).replace("\r\n", "\n") + "\n";
        isAsWritten(name + ".json", text);
    }

    static void isAsWritten(String name, String text) throws IOException {
        Path file = GOLDEN.resolve(name);
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file).replace("\r\n", "\n"));
    }
}
