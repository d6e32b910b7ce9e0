package io.fusewire.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.fusewire.Fusewire;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.Postgres;
import io.fusewire.testing.RunningGateway;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.main.MainHttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** What a host may bring along: its database, its meters, its HTTP server, a way in of its own. */
class HostsOwnPartsTest {
    private static final String ACCEPTED = "200 {\"received\":true}";

    @TempDir
    Path folder;

    @RegisterExtension
    final Host host = new Host();

    private final FakeSinks sinks = host.sinks();

    @Test
    void its_postgresql_is_the_store_and_its_connections_come_back_as_they_were() throws Exception {
        String url = Postgres.database();
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(url);
            pool.setUsername(Postgres.USER);
            pool.setMaximumPoolSize(3);
            try (Fusewire gateway = host.gateway()
                    .dataSource(pool)
                    .set("fusewire.store.connections", 3)
                    .start()) {
                assertThat(gateway.ready()).isTrue();
                assertThat(host.post(RunningGateway.fresh("trace-error"))).isEqualTo(ACCEPTED);
                await().until(() -> sinks.slack().size() == 1);
            }
            assertThat(Postgres.rows(url, "SELECT count(*) FROM fusewire.event"))
                    .containsExactly("1");
            assertThat(setting(pool, "search_path")).isEqualTo("\"$user\", public");
            assertThat(setting(pool, "enable_seqscan")).isEqualTo("on");
            assertThat(setting(pool, "statement_timeout")).isEqualTo("0");
        }
    }

    @Test
    void another_database_is_refused_in_a_sentence() {
        SQLiteDataSource file = new SQLiteDataSource();
        file.setUrl("jdbc:sqlite:" + folder.resolve("of-the-host.db"));
        Set<String> before = host.belongings();
        assertThatThrownBy(() -> host.gateway().dataSource(file).start())
                .hasMessage("The host's DataSource cannot hold the store: it is SQLite, and a store lies in PostgreSQL,"
                        + " or without a DataSource in fusewire.data-folder");
        assertThat(host.belongings()).isEqualTo(before);
    }

    @Test
    void its_meters_count_and_are_its_own_again() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        meters.counter("of.the.host", "long", "x".repeat(500)).increment();
        try (Fusewire gateway = host.gateway().meterRegistry(meters).start()) {
            assertThat(gateway.ready()).isTrue();
            host.post(RunningGateway.fresh("trace-error"));
            await().until(() -> meters.find("fusewire.events").counter() != null);
            assertThat(meters.get("fusewire.requests")
                            .tag("outcome", "accepted")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.get("of.the.host")
                            .tag("long", "x".repeat(500))
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
        assertThat(meters.getMeters())
                .singleElement()
                .satisfies(meter -> assertThat(meter.getId().getName()).isEqualTo("of.the.host"));
    }

    @Test
    void its_http_server_serves_the_webhook_too() throws Exception {
        int port = server();
        try (Fusewire gateway = host.gateway()
                .set("fusewire.http", "host")
                .set("fusewire.webhook.max-body-size", "2000")
                .start()) {
            assertThat(gateway.ready()).isTrue();
            String event = RunningGateway.fresh("trace-error");
            assertThat(host.post(port, "", event)).isEqualTo(ACCEPTED);
            assertThat(host.post(port, "", event)).contains("duplicate");
            assertThat(host.post(port, "/nobody", event)).startsWith("404 ");
            assertThat(host.post(port, "", "{\"event\":\"" + "x".repeat(2_000) + "\"}"))
                    .isEqualTo("413 {\"error\":\"The body is too large.\"}");
            await().until(() -> sinks.slack().size() == 1);
            assertThat(host.deadLetters(port)).isEqualTo("[]");
            assertThat(withoutHeader(port)).isEqualTo(401);
            assertThatThrownBy(() -> host.post("{}")).isInstanceOf(IOException.class);
        }
        assertThat(host.post(port, "", "{}")).startsWith("404 ");
        assertThat(hello(port)).isEqualTo("the host's");
    }

    @Test
    void its_http_server_lets_no_encoded_body_in() throws Exception {
        int port = server();
        try (Fusewire gateway = host.gateway().set("fusewire.http", "host").start()) {
            assertThat(gateway.ready()).isTrue();
            String event = RunningGateway.fresh("trace-error");
            byte[] plain = event.getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
                gzip.write(plain);
            }
            for (byte[] body : List.of(compressed.toByteArray(), plain)) {
                assertThat(host.postAsGzip(port, body))
                        .isEqualTo("415 {\"error\":\"Send the body without a Content-Encoding.\"}");
            }
            assertThat(host.post(port, "", event))
                    .as("no copy, since none was kept")
                    .isEqualTo(ACCEPTED);
        }
    }

    @Test
    void its_http_server_is_left_alone_by_ours() throws Exception {
        int port = server();
        try (Fusewire gateway = host.gateway().start()) {
            assertThat(gateway.ready()).isTrue();
            assertThat(host.post(RunningGateway.fresh("trace-error"))).isEqualTo(ACCEPTED);
            assertThat(host.post(port, "", "{}")).startsWith("404 ");
            assertThat(hello(port)).isEqualTo("the host's");
        }
        assertThat(hello(port)).isEqualTo("the host's");
    }

    @Test
    void a_host_without_http_sends_events_itself() throws Exception {
        try (Fusewire gateway = host.gateway().set("fusewire.http", "none").start()) {
            assertThat(gateway.ready()).isTrue();
            host.camel()
                    .createProducerTemplate()
                    .sendBodyAndProperty("direct:accept", RunningGateway.fresh("trace-error"), "source", "queue");
            await().until(() -> sinks.slack().size() == 1);
            assertThatThrownBy(() -> host.post("{}")).isInstanceOf(IOException.class);
        }
    }

    /** What an admin's request is answered that has the token in its query. */
    private static int withoutHeader(int port) throws Exception {
        URI dead = URI.create("http://localhost:" + port + "/admin/dead-letters?Authorization=Bearer%20of-the-host");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(dead).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** An HTTP server of the host's, as Camel Main makes it, with a route. */
    private int server() throws Exception {
        int port = RunningGateway.freePort();
        MainHttpServer server = new MainHttpServer();
        server.setCamelContext(host.camel());
        server.setPort(port);
        host.camel().addService(server);
        host.camel().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/hello").routeId("hello").setBody(constant("the host's"));
            }
        });
        return port;
    }

    private static String hello(int port) throws IOException {
        try (InputStream in =
                URI.create("http://localhost:" + port + "/hello").toURL().openStream()) {
            return new String(in.readAllBytes());
        }
    }

    private static String setting(HikariDataSource pool, String name) throws Exception {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }
}
