package io.fusewire.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.config.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What an operator does with dead letters, asked of the running gateway's admin with the gateway's own settings. */
public final class DeadLettersCommand {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 1_000;

    private final URI admin;
    private final String token;
    private final PrintStream out;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private DeadLettersCommand(URI admin, String token, PrintStream out) {
        this.admin = admin;
        this.token = token;
        this.out = out;
    }

    /** It could not be done; the message is a sentence for the operator. */
    private static final class NotDone extends Exception {
        private static final long serialVersionUID = 1L;

        NotDone(String message) {
            super(message);
        }
    }

    /** Whether these words are a command. */
    public static boolean understands(List<String> words) {
        return List.of("", "list").contains(String.join(" ", words))
                || String.join(" ", words).matches("(show|replay|discard) \\d{1,18}");
    }

    /** The exit code: 0 when it was done. */
    public static int run(List<String> words, Settings settings, PrintStream out) throws InterruptedException {
        try {
            Optional<String> token = settings.secret("fusewire.admin.token");
            if (token.isEmpty()) {
                throw new NotDone("Admin is off: set fusewire.admin.token, for the gateway and here.");
            }
            URI admin =
                    URI.create("http://localhost:" + settings.number("camel.management.port") + "/admin/dead-letters");
            new DeadLettersCommand(admin, token.get(), out).run(words);
            return 0;
        } catch (NotDone | IllegalArgumentException e) {
            out.println(e.getMessage());
            return 1;
        }
    }

    private void run(List<String> words) throws NotDone, InterruptedException {
        if (words.size() < 2) {
            list();
            return;
        }
        String id = words.get(1);
        switch (words.get(0)) {
            case "show" -> show(ask("GET", "/" + id));
            case "replay" -> {
                ask("POST", "/" + id + "/replay");
                out.println("Dead letter " + id + " is back in its queue.");
            }
            default -> {
                ask("DELETE", "/" + id);
                out.println("Dead letter " + id + " has ended for good.");
            }
        }
    }

    private void list() throws NotDone, InterruptedException {
        JsonNode page = ask("GET", "?limit=" + PAGE);
        if (page.isEmpty()) {
            out.println("There are no dead letters.");
        }
        while (!page.isEmpty()) {
            page.forEach(letter -> out.println(line(letter)));
            page = ask(
                    "GET",
                    "?limit=" + PAGE + "&after=" + page.get(page.size() - 1).path("id"));
        }
    }

    private void show(JsonNode letter) {
        out.println(line(letter));
        letter.path("why").forEach(line -> out.println(line.asText()));
        out.println(letter.path("body").asText());
    }

    private static String line(JsonNode letter) {
        String rule = letter.path("rule").asText();
        return letter.path("id") + "  " + letter.path("sink").asText() + ", died "
                + letter.path("died").asText() + ", rule " + rule + " ("
                + letter.path("severity").asText() + "): "
                + letter.path("reason").asText();
    }

    private JsonNode ask(String method, String path) throws NotDone, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(admin + path))
                .header("authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode told = JSON.readTree(answer.body());
            if (answer.statusCode() != 200) {
                throw new NotDone(
                        sentence(answer.statusCode(), told.path("error").asText()));
            }
            return told;
        } catch (ConnectException e) {
            throw new NotDone("nothing listens at " + admin + "; is the gateway running?");
        } catch (JsonProcessingException e) {
            throw new NotDone("what listens at " + admin + " is no gateway; see camel.management.port");
        } catch (IOException e) {
            throw new NotDone(admin + " did not answer: " + e.getMessage());
        }
    }

    private String sentence(int status, String error) {
        if (status == 401) {
            return "The gateway refuses the token: fusewire.admin.token is another one here than there.";
        }
        return error.isEmpty() ? admin + " answered " + status + "." : error;
    }
}
