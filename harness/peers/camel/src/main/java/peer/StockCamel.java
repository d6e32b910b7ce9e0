package peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.main.Main;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.springframework.jms.connection.CachingConnectionFactory;

/** A gateway of Camel's own parts, as a user would put them together. Its settings are environment variables. */
public final class StockCamel {
    private static final Pattern SIGNATURE = Pattern.compile("t=([0-9]{1,12}),v1=([0-9a-f]{64})");
    private static final int TOLERANCE_SECONDS = 300;
    private static final int CONNECTIONS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicLong done = new AtomicLong();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final EmbeddedActiveMQ broker;
    private final Main main = new Main();

    private StockCamel(Path data) throws Exception {
        broker = new EmbeddedActiveMQ()
                .setConfiguration(new ConfigurationImpl()
                        .setPersistenceEnabled(true)
                        .setJournalType(JournalType.NIO)
                        .setJournalDirectory(data.resolve("journal").toString())
                        .setBindingsDirectory(data.resolve("bindings").toString())
                        .setLargeMessagesDirectory(data.resolve("large").toString())
                        .setPagingDirectory(data.resolve("paging").toString())
                        .setSecurityEnabled(false)
                        .addAcceptorConfiguration("vm", "vm://0"));
    }

    public static void main(String[] arguments) throws Exception {
        StockCamel peer = new StockCamel(Path.of(System.getenv("DATA")));
        peer.broker.start();
        peer.parts();
        peer.main.run();
    }

    private void parts() {
        CachingConnectionFactory connections = new CachingConnectionFactory(new ActiveMQConnectionFactory("vm://0"));
        connections.setSessionCacheSize(CONNECTIONS);
        main.bind("jms", JmsComponent.jmsComponent(connections));
        main.bind("keys", new JdbcMessageIdRepository(keys(), "webhook"));
        main.bind("verify", (Processor) StockCamel::verify);
        main.bind("slackError", (Processor) exchange -> slack(exchange, "Critical: error in trace"));
        main.bind("slackScore", (Processor) exchange -> slack(exchange, "Warning: low score"));
        main.bind("pageError", (Processor) StockCamel::page);
        main.bind("count", (Processor) this::count);
        main.bind("stats", (Processor) this::stats);
        main.addInitialProperty("camel.main.routesIncludePattern", "classpath:camel/*.camel.yaml");
        main.addInitialProperty("camel.main.jmxEnabled", "false");
        main.addInitialProperty("camel.main.autoConfigurationEnabled", "true");
        main.addInitialProperty("camel.server.enabled", "true");
        main.addInitialProperty("camel.server.host", "127.0.0.1");
        main.addInitialProperty("camel.server.port", System.getenv("PORT"));
        main.addInitialProperty("slack", System.getenv("SLACK_URL"));
        main.addInitialProperty("pagerduty", System.getenv("PAGERDUTY_URL"));
    }

    private static HikariDataSource keys() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(System.getenv("DATABASE_URL"));
        config.setUsername(System.getenv("DATABASE_USER"));
        config.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(config);
    }

    private static void verify(Exchange exchange) throws Exception {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        String header = exchange.getMessage().getHeader("x-langfuse-signature", "", String.class);
        Matcher parts = SIGNATURE.matcher(header);
        if (!parts.matches()
                || Math.abs(System.currentTimeMillis() / 1_000 - Long.parseLong(parts.group(1))) > TOLERANCE_SECONDS) {
            throw new SecurityException("no signature of now");
        }
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(System.getenv("SECRET").getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((parts.group(1) + ".").getBytes(StandardCharsets.US_ASCII));
        if (!MessageDigest.isEqual(mac.doFinal(body), HexFormat.of().parseHex(parts.group(2)))) {
            throw new SecurityException("a wrong signature");
        }
        JsonNode event = JSON.readTree(body);
        JsonNode data = event.path("data");
        exchange.getMessage().setHeader("key", String.join(
                "|",
                event.path("event").asText(),
                event.path("timestamp").asText(),
                data.path("projectId").asText(),
                data.path("traceId").asText(),
                data.path("observationId").asText(),
                data.path("scoreId").asText()));
        exchange.getMessage().setBody(body);
    }

    private static void slack(Exchange exchange, String title) throws Exception {
        Map<?, ?> data = data(exchange);
        List<Map<String, Object>> fields = data.entrySet().stream()
                .limit(10)
                .map(field -> Map.<String, Object>of(
                        "type", "mrkdwn", "text", "*" + field.getKey() + "*\n" + escaped(field.getValue())))
                .toList();
        post(exchange, Map.of(
                "text", title,
                "blocks", List.of(
                        Map.of("type", "header", "text", Map.of("type", "plain_text", "text", title)),
                        Map.of("type", "section", "fields", fields))));
    }

    private static void page(Exchange exchange) throws Exception {
        Map<?, ?> data = data(exchange);
        post(exchange, Map.of(
                "routing_key", System.getenv("PAGERDUTY_KEY"),
                "event_action", "trigger",
                "dedup_key", "langfuse|" + data.get("projectId") + "|trace-error|" + data.get("traceId"),
                "payload", Map.of(
                        "summary", "Error in trace " + data.get("traceId") + ": " + data.get("statusMessage"),
                        "source", "langfuse",
                        "severity", "critical",
                        "custom_details", data)));
    }

    private static void post(Exchange exchange, Map<String, Object> message) throws Exception {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "POST");
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setBody(JSON.writeValueAsBytes(message));
    }

    private static String escaped(Object value) {
        return String.valueOf(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static Map<?, ?> data(Exchange exchange) {
        return (Map<?, ?>) exchange.getProperty("event", Map.class).get("data");
    }

    private void count(Exchange exchange) {
        Map<?, ?> event = exchange.getProperty("event", Map.class);
        meters.counter("events", "type", String.valueOf(event.get("event"))).increment();
        Map<?, ?> data = data(exchange);
        if (data.get("usage") instanceof Map<?, ?> usage) {
            tokens(data, "input", usage.get("promptTokens"));
            tokens(data, "output", usage.get("completionTokens"));
        }
        done.incrementAndGet();
    }

    private void tokens(Map<?, ?> data, String direction, Object tokens) {
        meters.counter("tokens", "model", String.valueOf(data.get("model")), "direction", direction)
                .increment(((Number) tokens).doubleValue());
    }

    private void stats(Exchange exchange) {
        Queue queue = broker.getActiveMQServer().locateQueue("events");
        long waiting = queue == null ? 0 : queue.getMessageCount();
        exchange.getMessage().setBody("{\"done\":%d,\"waiting\":%d}".formatted(done.get(), waiting));
    }
}
