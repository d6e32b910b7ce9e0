package io.fusewire.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.config.Settings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks the running gateway's admin, at the port and with the token that are configured here. */
final class AdminClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final String token;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** @param path below the admin's port: {@code /admin/dead-letters} */
    AdminClient(Settings settings, String path) throws CommandException {
        this.token = settings.secret("fusewire.admin.token")
                .orElseThrow(() ->
                        new CommandException("Admin is off: set fusewire.admin.token, for the gateway and here."));
        this.base = URI.create("http://localhost:" + settings.number("camel.management.port") + path);
    }

    JsonNode ask(String method, String path) throws CommandException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode told = JSON.readTree(answer.body());
            if (answer.statusCode() != 200) {
                throw new CommandException(
                        sentence(answer.statusCode(), told.path("error").asText()));
            }
            return told;
        } catch (ConnectException e) {
            throw new CommandException("nothing listens at " + base + "; is the gateway running?");
        } catch (JsonProcessingException e) {
            throw new CommandException("what listens at " + base + " is no gateway; see camel.management.port");
        } catch (IOException e) {
            throw new CommandException(base + " did not answer: " + e.getMessage());
        }
    }

    private String sentence(int status, String error) {
        if (status == 401) {
            return "The gateway refuses the token: fusewire.admin.token is another one here than there.";
        }
        return error.isEmpty() ? base + " answered " + status + "." : error;
    }
}
