package bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.signature.Signature;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker: what is put into one queue comes out of the other as an alert, once. */
class BridgeTest {
    private static final String SECRET = "lf-whsec_of-the-bridge";
    private static final long LONG = 60_000;

    @TempDir
    Path folder;

    private int port;
    private Bridge bridge;
    private JMSContext jms;

    @BeforeEach
    void start() throws Exception {
        port = freePort();
        bridge = new Bridge(Map.of(
                "camel.server.port", String.valueOf(port),
                "camel.management.port", String.valueOf(freePort()),
                "fusewire.data-folder", folder.resolve("data").toString(),
                "fusewire.webhook.secrets", SECRET));
        jms = new ActiveMQConnectionFactory(Bridge.BROKER).createContext();
    }

    @AfterEach
    void stop() {
        jms.close();
        bridge.close();
    }

    @Test
    void an_event_from_a_queue_becomes_an_alert_in_a_queue_once() throws Exception {
        String event = event("queued");
        put(event);
        put(event);
        put(event("last"));
        assertThat(alert()).contains("queued", "\"severity\":\"critical\"");
        assertThat(alert()).contains("last");
    }

    @Test
    void an_object_in_a_message_is_never_made() throws Exception {
        jms.createProducer().send(jms.createQueue("langfuse-events"), jms.createObjectMessage(new Trap()));
        put(event("after-it"));
        assertThat(alert()).contains("after-it");
        try (var dead = jms.createConsumer(jms.createQueue("dead"))) {
            assertThat(dead.receive(LONG)).isInstanceOf(ObjectMessage.class);
        }
        assertThat(Trap.SPRUNG).isFalse();
    }

    @Test
    void an_event_by_webhook_leaves_by_the_same_queue() throws Exception {
        byte[] event = event("posted").getBytes();
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/webhooks/langfuse"))
                                .header("x-langfuse-signature", Signature.langfuse(event, SECRET, Instant.now()))
                                .POST(HttpRequest.BodyPublishers.ofByteArray(event))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("{\"received\":true}");
        assertThat(alert()).contains("posted");
    }

    @Test
    void what_cannot_be_read_ends_in_the_brokers_dead_letters() throws Exception {
        put("no event");
        Message dead = jms.createConsumer(jms.createQueue("dead")).receive(LONG);
        assertThat(dead.getBody(String.class)).isEqualTo("no event");
    }

    private void put(String event) {
        jms.createProducer().send(jms.createQueue("langfuse-events"), event);
    }

    private String alert() throws Exception {
        try (var alerts = jms.createConsumer(jms.createQueue("alerts"))) {
            Message alert = alerts.receive(LONG);
            assertThat(alert).as("an alert within a minute").isNotNull();
            return alert.getBody(String.class);
        }
    }

    /** The sample with another text, so that it is another event. */
    private static String event(String text) throws IOException {
        return Files.readString(Path.of("../events/trace-error.json"))
                .replaceFirst("\\{", "{\"id\":\"" + text + System.nanoTime() + "\",")
                .replace("429 Too Many Requests from provider", text);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static final class Trap implements Serializable {
        private static final AtomicBoolean SPRUNG = new AtomicBoolean();

        private void readObject(ObjectInputStream in) {
            SPRUNG.set(true);
        }
    }
}
