package io.fusewire.guarantees;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Admin's token is one header of the request, asked for before anything of a body is read; and a body is bounded. */
class AdminGuardTest {
    private static final String TOKEN = "Authorization: Bearer " + RunningGateway.ADMIN_TOKEN + "\r\n";

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension().with("fusewire.webhook.max-body-size", "4096");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /admin/dead-letters?Authorization=Bearer%20" + RunningGateway.ADMIN_TOKEN,
                "GET /admin/dead-letters?authorization=Bearer+" + RunningGateway.ADMIN_TOKEN,
                "GET /admin/dead-letters?%41uthorization=Bearer%20" + RunningGateway.ADMIN_TOKEN,
                "POST /admin/dead-letters/replay?sink=slack&Authorization=Bearer%20" + RunningGateway.ADMIN_TOKEN,
                "GET /admin/silences?Authorization=Bearer%20" + RunningGateway.ADMIN_TOKEN,
                "POST /admin/silences?Authorization=Bearer%20" + RunningGateway.ADMIN_TOKEN,
                "DELETE /admin/silences/1?Authorization=Bearer%20" + RunningGateway.ADMIN_TOKEN,
                "GET /admin/incidents?Authorization=Bearer%20" + RunningGateway.ADMIN_TOKEN,
                "GET /admin/incidents/1?Authorization=Bearer%20" + RunningGateway.ADMIN_TOKEN,
                "POST /admin/incidents/1/acknowledge?by=me&Authorization=Bearer%20" + RunningGateway.ADMIN_TOKEN,
                "POST /admin/incidents/1/silence?for=1h&Authorization=Bearer%20" + RunningGateway.ADMIN_TOKEN,
                "POST /admin/incidents/1/close?by=me&Authorization=Bearer%20" + RunningGateway.ADMIN_TOKEN,
                "POST /admin/explain?Authorization=Bearer%20" + RunningGateway.ADMIN_TOKEN,
                "GET //admin/dead-letters?Authorization=Bearer%20" + RunningGateway.ADMIN_TOKEN,
                "GET /x/../admin/dead-letters?Authorization=Bearer%20" + RunningGateway.ADMIN_TOKEN,
                "GET /%61dmin/dead-letters?Authorization=Bearer%20" + RunningGateway.ADMIN_TOKEN,
                "GET http://localhost/admin/dead-letters?Authorization=Bearer%20" + RunningGateway.ADMIN_TOKEN
            })
    void a_parameter_is_no_header(String line) throws IOException {
        assertThat(answer(line + " HTTP/1.1\r\nHost: l\r\nConnection: close\r\n\r\n"))
                .matches("(?s)HTTP/1.1 40[14] .*");
    }

    @ParameterizedTest
    @ValueSource(strings = {TOKEN + TOKEN, TOKEN + "Authorization: Bearer wrong\r\n", "authorization: x\r\n" + TOKEN})
    void two_tokens_are_none(String headers) throws IOException {
        assertThat(answer("GET /admin/dead-letters HTTP/1.1\r\nHost: l\r\nConnection: close\r\n" + headers + "\r\n"))
                .startsWith("HTTP/1.1 401");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "multipart/form-data; boundary=b",
                "application/x-www-form-urlencoded",
                "text/plain"
            })
    void without_the_token_no_body_is_waited_for(String type) throws IOException {
        for (String path : new String[] {
            "/admin/explain", "/admin/silences", "/admin/incidents/1/silence", "/admin/dead-letters/replay?sink=slack"
        }) {
            assertThat(answer("POST " + path + " HTTP/1.1\r\nHost: l\r\nContent-Type: " + type
                            + "\r\nContent-Length: 4000\r\n\r\n--b\r\n"))
                    .startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void a_form_with_a_token_in_it_is_none() throws IOException {
        String form = "Authorization=Bearer+" + RunningGateway.ADMIN_TOKEN;
        assertThat(answer("POST /admin/dead-letters/replay?sink=slack HTTP/1.1\r\nHost: l\r\nConnection: close\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                        + "\r\n\r\n" + form))
                .startsWith("HTTP/1.1 401");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n1388\r\n"})
    void a_body_with_the_token_is_bounded(String framing) throws IOException {
        assertThat(answer("POST /admin/explain HTTP/1.1\r\nHost: l\r\n" + TOKEN + framing + " ".repeat(5000)))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void an_upload_reaches_no_file_even_with_the_token() throws IOException {
        long before = uploads();
        String part =
                "--b\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n" + "x".repeat(1000) + "\r\n--b--";
        assertThat(answer("POST /admin/explain HTTP/1.1\r\nHost: l\r\nConnection: close\r\n" + TOKEN
                        + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: " + part.length()
                        + "\r\n\r\n" + part))
                .startsWith("HTTP/1.1 415");
        assertThat(uploads()).isEqualTo(before);
    }

    /** Camel's servers write uploads below the folder for temporary files, Vert.x below the working folder. */
    private static long uploads() throws IOException {
        long files = 0;
        for (Path folder :
                new Path[] {Path.of(System.getProperty("java.io.tmpdir"), "camel"), Path.of("file-uploads")}) {
            if (Files.exists(folder)) {
                try (Stream<Path> all = Files.walk(folder)) {
                    files += all.filter(Files::isRegularFile).count();
                }
            }
        }
        return files;
    }

    private static String answer(String request) throws IOException {
        try (Socket socket = new Socket("localhost", gateway.managementPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readNBytes("HTTP/1.1 000 ".length()), US_ASCII);
        } catch (SocketException reset) {
            return "reset";
        }
    }
}
