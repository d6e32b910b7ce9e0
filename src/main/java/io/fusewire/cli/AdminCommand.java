package io.fusewire.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.config.HttpMode;
import io.fusewire.config.Settings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Supplier;

/** A command that asks the running gateway's admin, with the gateway's own settings. */
abstract class AdminCommand extends GatewayCommand {
    static final ObjectMapper JSON = new ObjectMapper();

    private final String resource;
    private final Supplier<Settings> settings;

    /** @param resource what stands behind {@code /admin/} */
    AdminCommand(String resource, Supplier<Settings> settings) {
        this.resource = resource;
        this.settings = settings;
    }

    JsonNode ask(String method, String path) throws CommandException, InterruptedException {
        return ask(method, path, HttpRequest.BodyPublishers.noBody());
    }

    /** @throws CommandException with the gateway's sentence, where it refuses */
    JsonNode ask(String method, String path, HttpRequest.BodyPublisher body)
            throws CommandException, InterruptedException {
        Settings here = settings.get();
        String token = here.secret("fusewire.admin.token")
                .orElseThrow(() ->
                        new CommandException(1, "Admin is off: set fusewire.admin.token, for the gateway and here."));
        URI admin = URI.create(HttpMode.url(here, HttpMode.ADMIN_HOST, HttpMode.ADMIN_PORT) + "/admin/" + resource);
        HttpResponse<String> answer = send(
                admin,
                HttpRequest.newBuilder(URI.create(admin + path))
                        .header("authorization", "Bearer " + token)
                        .timeout(Duration.ofSeconds(30))
                        .method(method, body)
                        .build());
        try {
            JsonNode told = JSON.readTree(answer.body());
            if (answer.statusCode() != 200) {
                throw new CommandException(
                        1,
                        sentence(admin, answer.statusCode(), told.path("error").asText()));
            }
            return told;
        } catch (JsonProcessingException e) {
            throw new CommandException(1, "what listens at " + admin + " is no gateway; see camel.management.port");
        }
    }

    private static String sentence(URI admin, int status, String error) {
        if (status == 401) {
            return "The gateway refuses the token: fusewire.admin.token is another one here than there.";
        }
        return error.isEmpty() ? admin + " answered " + status + "." : error;
    }
}
