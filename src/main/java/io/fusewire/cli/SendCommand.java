package io.fusewire.cli;

import io.fusewire.config.HttpMode;
import io.fusewire.config.Secrets;
import io.fusewire.config.Settings;
import io.fusewire.config.WebhookConfig;
import io.fusewire.signature.Signature;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Signs event files as Langfuse would, with the gateway's own settings, and posts them to it. */
@Command(
        description = {
            "Signs event files as Langfuse would, and posts them to the running gateway.",
            "It uses the port and the secret that are configured here."
        },
        exitCodeList = {
            "0:every event was answered 200",
            "1:one was not",
            "2:it was called wrongly, or a file cannot be read, and nothing was sent"
        })
final class SendCommand extends GatewayCommand {
    @Mixin
    private EventFile.Named files;

    @Override
    public Integer call() throws InterruptedException, CommandException {
        List<EventFile> events = files.read();
        Settings settings = Settings.here();
        String secret =
                new Secrets(settings).webhook("default").stream().findFirst().orElse(WebhookConfig.DEV_SECRET);
        URI webhook =
                URI.create(HttpMode.url(settings, HttpMode.WEBHOOK_HOST, HttpMode.WEBHOOK_PORT) + "/webhooks/langfuse");
        int failed = 0;
        for (EventFile event : events) {
            failed += post(webhook, secret, event) ? 0 : 1;
        }
        return failed == 0 ? 0 : 1;
    }

    private boolean post(URI webhook, String secret, EventFile event) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(webhook)
                .header("content-type", "application/json")
                .header("x-langfuse-signature", Signature.langfuse(event.bytes(), secret, Instant.now()))
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofByteArray(event.bytes()))
                .build();
        try {
            HttpResponse<String> answer = send(webhook, request);
            out.println(event.name() + ": " + answer.statusCode() + " " + answer.body()
                    + answer.headers()
                            .firstValue("Fusewire-Event")
                            .map(number -> ", event " + number)
                            .orElse(""));
            return answer.statusCode() == 200;
        } catch (CommandException e) {
            out.println(event.name() + ": " + e.getMessage());
            return false;
        }
    }
}
