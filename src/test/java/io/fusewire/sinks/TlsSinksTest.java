package io.fusewire.sinks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.RunningGateway;
import io.fusewire.testing.StoreFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sinks behind TLS, with real certificates, as a gateway trusts them whose operator gave it a trust store. That holds for a
 * whole process: another one runs {@link #main} and prints what became of each alert.
 */
class TlsSinksTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String RULES =
            """
            - route:
                id: rules
                description: Every event goes to mail and to a webhook.
                from:
                  uri: fusewire:events
                  steps:
                    - to: {id: all, uri: fusewire:alert/tls, parameters: {severity: error, sinks: "email,webhook"}}
            """;

    @TempDir
    static Path folder;

    private static String printed;

    @BeforeAll
    static void run() throws Exception {
        key("authority", "-ext", "bc:c");
        key("good", "-signer", "authority", "-ext", "san=dns:localhost");
        key("expired", "-signer", "authority", "-ext", "san=dns:localhost", "-startdate", "-10d", "-validity", "5");
        key("another", "-signer", "authority", "-ext", "san=dns:elsewhere.example");
        key("stranger", "-ext", "san=dns:localhost");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", keys().getCertificate("authority"));
        try (OutputStream out = Files.newOutputStream(folder.resolve("trust.p12"))) {
            trusted.store(out, PASSWORD);
        }
        printed = process(
                java("java"),
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=fusewire/logback.xml",
                "-Djavax.net.ssl.trustStore=" + folder.resolve("trust.p12"),
                "-Djavax.net.ssl.trustStorePassword=changeit",
                "-cp",
                System.getProperty("java.class.path"),
                TlsSinksTest.class.getName(),
                folder.toString());
    }

    @Test
    void a_certificate_of_the_operators_trust_store_is_good_for_https_and_for_both_kinds_of_mail() {
        assertThat(printed)
                .contains("good smtps: email delivered", "good smtps: webhook delivered", "good smtp: email delivered");
    }

    @Test
    void one_that_is_expired_of_another_name_or_trusted_by_nobody_makes_the_alert_wait_and_the_reason_says_why() {
        for (String protocol : List.of("smtps", "smtp")) {
            assertThat(line("expired " + protocol + ": email")).contains("waiting", "CertificateExpired");
            assertThat(line("another " + protocol + ": email")).contains("waiting", "localhost");
            assertThat(line("stranger " + protocol + ": email")).contains("waiting", "certification path");
        }
        assertThat(line("expired smtps: webhook")).contains("waiting", "CertificateExpired");
        assertThat(line("another smtps: webhook")).contains("waiting", "localhost");
        assertThat(line("stranger smtps: webhook")).contains("waiting", "certification path");
    }

    /** A mail goes nowhere where TLS fails after the server offered it. */
    @Test
    void nothing_is_said_in_the_clear_to_whom_we_do_not_trust() {
        assertThat(printed).contains("heard in the clear: EHLO, STARTTLS").doesNotContain("heard in the clear: MAIL");
    }

    private static String line(String begin) {
        return printed.lines()
                .filter(line -> line.startsWith(begin))
                .findFirst()
                .orElse("no line of " + begin);
    }

    private static void key(String name, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                java("keytool"),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-keystore",
                folder.resolve("keys.p12").toString(),
                "-storepass",
                "changeit"));
        command.addAll(List.of(more));
        process(command.toArray(new String[0]));
    }

    private static String java(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    private static String process(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        System.out.println(text);
        assertThat(process.waitFor(5, TimeUnit.MINUTES) && process.exitValue() == 0)
                .as(text)
                .isTrue();
        return text;
    }

    private static KeyStore keys() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    /** @param args the folder of the keys */
    public static void main(String[] args) throws Exception {
        folder = Path.of(args[0]);
        for (String name : List.of("good", "expired", "another", "stranger")) {
            for (String protocol : List.of("smtps", "smtp")) {
                attempt(name, protocol);
            }
        }
        System.exit(0);
    }

    private static void attempt(String name, String protocol) throws Exception {
        Path own = Files.createDirectories(folder.resolve(name + "-" + protocol));
        Files.createDirectories(own.resolve("routes/rules"));
        Files.writeString(own.resolve("routes/rules/built-in.camel.yaml"), RULES);
        try (Server server = new Server(name);
                RunningGateway gateway = RunningGateway.in(
                        own,
                        Map.of(
                                "fusewire.delivery.redeliveries", "0",
                                "sinks.webhook.url", "https://localhost:" + server.https.getLocalPort() + "/",
                                "sinks.webhook.signing-secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                                "sinks.email.protocol", protocol,
                                "sinks.email.host", "localhost",
                                "sinks.email.port",
                                        "" + (protocol.equals("smtps") ? server.smtps : server.smtp).getLocalPort(),
                                "sinks.email.to", "on-call@example.com"))) {
            gateway.post(RunningGateway.fresh("trace-error"));
            StoreFile store = new StoreFile(own);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> store.rows("SELECT 1 FROM delivery WHERE attempts = 1")
                                    .size()
                            == 2);
            store.rows("SELECT sink, state, reason FROM delivery")
                    .forEach(row -> System.out.println(name + " " + protocol + ": " + row));
        }
    }

    private interface Talk {
        void with(Socket client) throws IOException;
    }

    /** A server of HTTPS, one of SMTPS, and a mail server that offers TLS. */
    private static final class Server implements AutoCloseable {
        private final SSLContext tls = SSLContext.getInstance("TLS");
        private final ServerSocket https;
        private final ServerSocket smtps;
        private final ServerSocket smtp = new ServerSocket(0, 50, InetAddress.getByName("localhost"));

        Server(String name) throws Exception {
            KeyStore one = KeyStore.getInstance("PKCS12");
            one.load(null, null);
            KeyStore all = keys();
            one.setKeyEntry(name, all.getKey(name, PASSWORD), PASSWORD, all.getCertificateChain(name));
            KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
            managers.init(one, PASSWORD);
            tls.init(managers.getKeyManagers(), null, null);
            ServerSocketFactory factory = tls.getServerSocketFactory();
            https = factory.createServerSocket(0, 50, InetAddress.getByName("localhost"));
            smtps = factory.createServerSocket(0, 50, InetAddress.getByName("localhost"));
            daemon(() -> accept(https, this::http));
            daemon(() -> accept(smtps, this::greet));
            daemon(() -> accept(smtp, this::greet));
        }

        private void accept(ServerSocket listening, Talk talk) {
            while (!listening.isClosed()) {
                try {
                    Socket client = listening.accept();
                    daemon(() -> serve(client, talk));
                } catch (IOException e) {
                    return;
                }
            }
        }

        private void serve(Socket client, Talk talk) {
            try (client) {
                talk.with(client);
            } catch (IOException e) {
                // It does not trust us, and hung up.
            }
        }

        private void http(Socket client) throws IOException {
            BufferedReader in = lines(client);
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                assertThat(line).isNotNull();
            }
            say(client, "HTTP/1.1 200 Sure\r\nContent-Length: 0\r\nConnection: close\r\n");
        }

        private void greet(Socket client) throws IOException {
            say(client, "220 here");
            mail(client, lines(client), new ArrayList<>());
        }

        private static BufferedReader lines(Socket client) throws IOException {
            return new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
        }

        private void mail(Socket client, BufferedReader in, List<String> heard) throws IOException {
            boolean clear = !(client instanceof SSLSocket);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String word = line.split("[ :]")[0];
                heard.add(word);
                if (word.equals("STARTTLS")) {
                    System.out.println("heard in the clear: " + String.join(", ", heard));
                    say(client, "220 go on");
                    SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(client, "", 0, true);
                    secured.setUseClientMode(false);
                    mail(
                            secured,
                            new BufferedReader(new InputStreamReader(secured.getInputStream(), ISO_8859_1)),
                            new ArrayList<>());
                    return;
                }
                if (clear && word.equals("MAIL")) {
                    System.out.println("heard in the clear: MAIL");
                }
                if (word.equals("DATA")) {
                    say(client, "354 go on");
                    for (String text = in.readLine(); !".".equals(text); text = in.readLine()) {
                        assertThat(text).as("a mail to its end").isNotNull();
                    }
                }
                say(client, clear && word.equals("EHLO") ? "250-here\r\n250 STARTTLS" : "250 so be it");
            }
        }

        private static void say(Socket client, String line) throws IOException {
            client.getOutputStream().write((line + "\r\n").getBytes(ISO_8859_1));
        }

        private static void daemon(Runnable work) {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            https.close();
            smtps.close();
            smtp.close();
        }
    }
}
