package io.fusewire.cli;

import io.fusewire.config.Secrets;
import io.fusewire.config.Settings;
import io.fusewire.config.WebhookConfig;
import io.fusewire.signature.Signature;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Signs event files as Langfuse would, with the gateway's own settings, and posts them to it. Exit codes: 0 when every
 * event was answered 200, else 1.
 */
@Command(
        name = "send",
        description = {
            "Signs event files as Langfuse would, and posts them to the running gateway.",
            "It uses the port and the secret that are configured here."
        },
        exitCodeList = {
            "0:every event was answered 200",
            "1:one was not",
            "2:it was called wrongly, or a file cannot be read, and nothing was sent"
        })
public final class SendCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private EventFile.Named files;

    public SendCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException, CommandException {
        List<EventFile> events = files.read();
        Settings settings = Settings.here();
        String secret =
                new Secrets(settings).webhook("default").stream().findFirst().orElse(WebhookConfig.DEV_SECRET);
        URI door = URI.create("http://localhost:" + settings.number("camel.server.port") + "/webhooks/langfuse");
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        int failed = 0;
        for (EventFile event : events) {
            failed += post(client, door, secret, event) ? 0 : 1;
        }
        return failed == 0 ? 0 : 1;
    }

    private boolean post(HttpClient client, URI door, String secret, EventFile event) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(door)
                    .header("content-type", "application/json")
                    .header("x-langfuse-signature", Signature.langfuse(event.bytes(), secret, Instant.now()))
                    .timeout(Duration.ofSeconds(10))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(event.bytes()))
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            out.println(event.name() + ": " + answer.statusCode() + " " + answer.body());
            return answer.statusCode() == 200;
        } catch (ConnectException e) {
            out.println(event.name() + ": nothing listens at " + door + "; is the gateway running?");
        } catch (IOException e) {
            out.println(event.name() + ": " + door + " did not answer: " + e.getMessage());
        }
        return false;
    }
}
