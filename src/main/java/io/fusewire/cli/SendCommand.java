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
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Signs event files as Langfuse would, with the gateway's own settings, and posts them to it. */
public final class SendCommand {
    private SendCommand() {}

    /** The exit code: 0 when every event was answered 200. */
    public static int files(List<Path> files, PrintStream out) throws IOException, InterruptedException {
        Settings settings = Settings.here();
        String secret =
                new Secrets(settings).webhook("default").stream().findFirst().orElse(WebhookConfig.DEV_SECRET);
        URI door = URI.create("http://localhost:" + settings.number("camel.server.port") + "/webhooks/langfuse");
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        int failed = 0;
        for (Path file : files) {
            failed += post(client, door, secret, file, out) ? 0 : 1;
        }
        return failed == 0 ? 0 : 1;
    }

    private static boolean post(HttpClient client, URI door, String secret, Path file, PrintStream out)
            throws IOException, InterruptedException {
        try {
            byte[] body = Files.readAllBytes(file);
            HttpRequest request = HttpRequest.newBuilder(door)
                    .header("content-type", "application/json")
                    .header("x-langfuse-signature", Signature.langfuse(body, secret, Instant.now()))
                    .timeout(Duration.ofSeconds(10))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            out.println(file.getFileName() + ": " + answer.statusCode() + " " + answer.body());
            return answer.statusCode() == 200;
        } catch (NoSuchFileException e) {
            out.println(file + ": there is no such file");
        } catch (ConnectException e) {
            out.println(file.getFileName() + ": nothing listens at " + door + "; is the gateway running?");
        }
        return false;
    }
}
