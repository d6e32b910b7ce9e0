package io.fusewire.sinks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RawServer;
import io.fusewire.testing.RunningGateway;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mail to several: each gets it by itself, and what the server says to one is no matter of the others. */
class MailRecipientsTest {
    private static final String POISON = "DROP TABLE users";

    private record Mail(List<String> to, MimeMessage content) {}

    /** What the server answers to a line that begins so; else that all is well. */
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    private final List<Mail> mails = new CopyOnWriteArrayList<>();
    private final List<String> greetings = new CopyOnWriteArrayList<>();
    private final RawServer server = new RawServer(this::talk);

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension()
            .with("sinks.email.host", "127.0.0.1")
            .with("sinks.email.port", String.valueOf(server.port()))
            .with("sinks.email.to", "ann@example.com, Bob <bob@example.com>,eve@example.com")
            .with("sinks.email.from", "Alerts <alerts@gateway.example>")
            .with("sinks.email.per-second", "100")
            .with("fusewire.delivery.redeliveries", "0")
            .startedByTest();

    @BeforeEach
    void write() {
        gateway.withFile(
                "routes/rules/built-in.camel.yaml",
                """
                - route:
                    id: rules
                    description: Every event goes to mail.
                    from:
                      uri: fusewire:events
                      steps:
                        - to: {id: all, uri: fusewire:alert/mailed, parameters: {severity: error, sinks: email}}
                """);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void one_unknown_recipient_is_a_dead_letter_that_names_him_and_the_others_have_the_mail() throws Exception {
        answers.put("RCPT TO:<eve@", "550 5.1.1 <eve@example.com>: no such user here");
        raise();
        await().until(() -> state().equals("dead 1"));
        assertThat(to()).containsExactly("ann@example.com bob@example.com");
        assertThat(reason())
                .startsWith("answered 550 5.1.1 <***>: no such user here (to e***@example.com); the others have it");
        answers.clear();
        JsonNode letter = gateway.json("/admin/dead-letters").path(0);
        gateway.management("POST", "/admin/dead-letters/" + letter.path("id").asText() + "/replay");
        await().until(() -> state().startsWith("delivered"));
        assertThat(to()).containsExactly("ann@example.com bob@example.com", "eve@example.com");
        assertThat(mails)
                .extracting(mail -> mail.content.getMessageID())
                .containsOnly(mails.get(0).content.getMessageID());
    }

    @Test
    void one_whom_the_server_takes_later_keeps_it_from_nobody_and_a_restart_remembers_who_has_it() {
        answers.put("RCPT TO:<bob@", "450 4.2.0 greylisted");
        answers.put("RCPT TO:<eve@", "550 5.1.1 no such user here");
        raise();
        await().until(() -> state().equals("waiting 1"));
        assertThat(reason()).startsWith("answered 450 4.2.0 greylisted (to b***@example.com), and 1 more; the others");
        gateway.restart();
        gateway.clock().forward(Duration.ofMinutes(1));
        await().until(() -> state().equals("waiting 2"));
        answers.remove("RCPT TO:<bob@");
        gateway.clock().forward(Duration.ofMinutes(2));
        await().until(() -> state().equals("dead 3"));
        assertThat(to()).containsExactly("ann@example.com", "bob@example.com");
    }

    /** Said to a recipient, but of our greeting, of the login, of the command or of what is relayed for whom. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "504 5.5.2 <host>: Helo command rejected: need fully-qualified hostname",
                "550 5.7.1 <host>: Helo command rejected: Host not found",
                "550 Access denied - Invalid HELO name (See RFC2821 4.1.1.1)",
                "554 5.7.1 <ann@example.com>: Relay access denied",
                "530 5.7.0 Authentication required",
                "503 5.5.1 bad sequence of commands"
            })
    void what_is_no_fault_of_the_recipients_waits(String answer) {
        answers.put("RCPT TO:", answer);
        raise();
        await().until(() -> state().equals("waiting 1"));
        assertThat(reason()).contains(answer.substring(0, 3), answer.substring(answer.length() - 6));
        answers.clear();
        gateway.clock().forward(Duration.ofMinutes(1));
        await().until(() -> state().equals("delivered 2"));
        assertThat(to()).containsExactly("ann@example.com bob@example.com eve@example.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    EHLO       | 550 5.7.1 who are you             | waiting 1
                    MAIL FROM: | 550 5.7.1 sender not welcome      | waiting 1
                    MAIL FROM: | 451 4.3.0 later                   | waiting 1
                    DATA       | 554 5.7.1 message content refused | waiting 1
                    .          | 554 5.7.1 message content refused | waiting 1
                    .          | 452 4.3.1 disk full               | waiting 1
                    RCPT TO:   | 550 5.1.1 unknown                 | dead 1
                    RCPT TO:   | 552 5.2.2 mailbox full            | dead 1
                    """)
    void each_refusal_of_the_whole_mail_decides_what_becomes_of_it(String line, String answer, String becomes) {
        answers.put(line, answer);
        answers.put("HELO", answer);
        raise();
        await().until(() -> state().equals(becomes));
        assertThat(reason()).contains(answer.substring(4));
    }

    @Test
    void a_mail_whose_content_is_refused_is_a_dead_letter_and_the_next_one_is_delivered() {
        gateway.start();
        post(POISON);
        await().until(() -> state().equals("waiting 1"));
        post("Harmless");
        await().until(() -> state().equals("waiting 1;delivered 1"));
        gateway.clock().forward(Duration.ofMinutes(1));
        await().until(() -> state().equals("waiting 2;delivered 1"));
        gateway.clock().forward(Duration.ofMinutes(2));
        await().until(() -> state().equals("dead 3;delivered 1"));
        assertThat(reason())
                .isEqualTo("refused 3 times, while others arrive: answered 554 5.7.1 message content refused");
        post("Harmless, too");
        await().until(() -> state().equals("dead 3;delivered 1;delivered 1"));
        assertThat(to()).hasSize(2).containsOnly("ann@example.com bob@example.com eve@example.com");
    }

    @Test
    void the_server_is_greeted_by_the_name_that_is_configured_which_ids_have_too() throws Exception {
        gateway.with("sinks.email.helo", "alerts.example.org");
        raise();
        await().until(() -> state().equals("delivered 1"));
        assertThat(greetings).containsExactly("EHLO alerts.example.org");
        assertThat(mails.get(0).content.getMessageID()).matches("<[0-9a-f-]{36}@alerts[.]example[.]org>");
    }

    @ParameterizedTest
    @CsvSource({
        "sinks.email.helo, alerts example, 'helo: ''alerts example'' is no host'",
        "sinks.email.from, nobody at all, 'from: ''nobody at all'' is not an address such as ops@example.com'"
    })
    void a_name_or_an_address_that_is_none_stops_the_start(String property, String value, String sentence) {
        gateway.with(property, value);
        assertThatThrownBy(gateway::start).hasStackTraceContaining(sentence);
    }

    @Test
    void an_incident_is_one_thread_of_one_subject() throws Exception {
        gateway.with("rules.group-by", "source,project,error").with("rules.resolve-after", "15m");
        raise();
        await().until(() -> mails.size() == 1);
        await().until(() -> gateway.store()
                .rows("SELECT 1 FROM delivery WHERE leased_until > 0")
                .isEmpty());
        gateway.clock().forward(Duration.ofMinutes(20));
        await("it is quiet").until(() -> mails.size() == 2);
        MimeMessage opened = mails.get(0).content;
        MimeMessage closed = mails.get(1).content;
        assertThat(opened.getMessageID()).matches("<[0-9a-f-]{36}@gateway[.]example>");
        assertThat(opened.getHeader("References")).isNull();
        assertThat(closed.getHeader("References")).containsExactly(opened.getMessageID());
        assertThat(closed.getHeader("In-Reply-To")).containsExactly(opened.getMessageID());
        assertThat(closed.getMessageID()).isNotEqualTo(opened.getMessageID());
        assertThat(opened.getSubject()).isEqualTo("mailed – # Too Many Requests from provider – incident 1");
        assertThat(closed.getSubject()).isEqualTo(opened.getSubject());
        assertThat(opened.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(closed.getContent().toString()).startsWith("Closed: mailed");
    }

    @Test
    void a_mail_of_its_own_says_in_its_subject_what_happened_where() throws Exception {
        raise();
        await().until(() -> mails.size() == 1);
        assertThat(mails.get(0).content.getSubject())
                .isEqualTo("Error: mailed – checkout-agent – 429 Too Many Requests from provider – trace 7b2e0c0f9f7…");
    }

    private void raise() {
        gateway.start();
        gateway.post(RunningGateway.fresh("trace-error"));
    }

    /** Of a trace of its own: what is of one waits for each other. */
    private void post(String error) {
        gateway.post(RunningGateway.fresh("trace-error")
                .replace("429 Too Many Requests from provider", error)
                .replace("7b2e0c0f9f7a4a0c8b1d2e3f4a5b6c7d", "of " + error));
    }

    private List<String> to() {
        return mails.stream().map(mail -> String.join(" ", mail.to)).toList();
    }

    private String state() {
        return String.join(";", gateway.store().rows("SELECT state, attempts FROM delivery ORDER BY id"));
    }

    private String reason() {
        return gateway.store().rows("SELECT reason FROM delivery ORDER BY id").get(0);
    }

    private void talk(RawServer self, InputStream in, OutputStream out) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, ISO_8859_1));
        List<String> to = new ArrayList<>();
        self.say(out, "220 here\r\n");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String said = line;
            if (said.startsWith("EHLO")) {
                greetings.add(said);
            }
            String answer = answer(said);
            if (said.equals("DATA") && answer.startsWith("250")) {
                self.say(out, "354 go on\r\n");
                answer = take(to, text(lines));
            }
            if (said.startsWith("RCPT TO:") && answer.startsWith("250")) {
                to.add(said.substring(said.indexOf('<') + 1, said.indexOf('>')));
            }
            self.say(out, answer + "\r\n");
        }
    }

    private String answer(String line) {
        return answers.entrySet().stream()
                .filter(entry -> line.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("250 so be it");
    }

    private static String text(BufferedReader lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = lines.readLine(); line != null && !line.equals("."); line = lines.readLine()) {
            text.append(line).append("\r\n");
        }
        return text.toString();
    }

    private String take(List<String> to, String text) throws IOException {
        try {
            MimeMessage mail = new MimeMessage(null, new ByteArrayInputStream(text.getBytes(ISO_8859_1)));
            String answer =
                    mail.getContent().toString().contains(POISON) ? "554 5.7.1 message content refused" : answer(".");
            if (answer.startsWith("250")) {
                mails.add(new Mail(List.copyOf(to), mail));
            }
            return answer;
        } catch (jakarta.mail.MessagingException e) {
            throw new IOException(text, e);
        }
    }
}
