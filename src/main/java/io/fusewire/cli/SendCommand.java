package io.fusewire.cli;

import io.fusewire.config.HttpMode;
import io.fusewire.config.Secrets;
import io.fusewire.config.Settings;
import io.fusewire.config.WebhookConfig;
import io.fusewire.signature.Signature;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Signs event files as Langfuse would, with the gateway's own settings, and posts them to it. */
@Command(
        description = {
            "Signs event files as Langfuse would, and posts them to the running gateway.",
            "It uses the secret that is configured here, and the port, unless --url says where else."
        },
        exitCodeList = {
            "0:every event was answered 200",
            "1:one was not",
            "2:it was called wrongly, a file cannot be read, or there is no secret for that source; nothing was sent"
        })
final class SendCommand extends GatewayCommand {
    private static final String PATH = "/webhooks/langfuse";
    private static final Pattern OF_A_SOURCE = Pattern.compile(".*" + PATH + "/([^/]+)/?");
    private static final int HIGHEST_PORT = 65_535;

    private final Supplier<Settings> settings;

    @Mixin
    private EventFile.Named files;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where to post, such as https://events.example.com" + PATH + ", through the proxy before the"
                    + " gateway. Without a path it is " + PATH + "; that of a source takes the source's secret.")
    private String url;

    SendCommand() {
        this(Settings::here);
    }

    SendCommand(Supplier<Settings> settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() throws InterruptedException, CommandException {
        List<EventFile> events = files.read();
        Settings here = settings.get();
        URI webhook = url == null
                ? URI.create(HttpMode.url(here, HttpMode.WEBHOOK_HOST, HttpMode.WEBHOOK_PORT) + PATH)
                : named(url);
        String secret = secret(here, webhook);
        int failed = 0;
        for (EventFile event : events) {
            failed += post(webhook, secret, event) ? 0 : 1;
        }
        return failed == 0 ? 0 : 1;
    }

    private static URI named(String url) throws CommandException {
        try {
            URI named = new URI(url);
            boolean web = named.getScheme() != null && named.getScheme().matches("(?i)https?");
            if (web && named.getHost() != null && named.getRawUserInfo() == null && named.getPort() <= HIGHEST_PORT) {
                return named.getRawPath().matches("/?") ? named.resolve(PATH) : named;
            }
        } catch (URISyntaxException e) {
            // Said below: what was typed may hold a password.
        }
        throw new CommandException(2, "--url takes an address such as https://events.example.com" + PATH + ".");
    }

    private String secret(Settings here, URI webhook) throws CommandException {
        Matcher path = OF_A_SOURCE.matcher(webhook.getPath());
        String source = path.matches() ? path.group(1) : "default";
        Optional<String> secret = new Secrets(here).webhook(source).stream().findFirst();
        if (url != null && secret.isEmpty()) {
            throw new CommandException(
                    2, "There is no secret here to sign by: " + Secrets.webhookProperty(source) + " is not set.");
        }
        return secret.orElse(WebhookConfig.DEV_SECRET);
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
