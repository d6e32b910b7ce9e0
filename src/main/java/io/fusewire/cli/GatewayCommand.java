package io.fusewire.cli;

import io.fusewire.config.PropertySources;
import io.fusewire.config.Secrets;
import io.fusewire.config.Settings;
import io.fusewire.config.StoreConfig;
import io.fusewire.runtime.Clocks;
import io.fusewire.runtime.DryRun;
import io.fusewire.store.Store;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;

/** A command, which prints what it found. Its result is the process's exit code. */
abstract class GatewayCommand implements Callable<Integer> {
    PrintStream out;

    /** Made once it is needed. */
    private static final class Client {
        static final HttpClient HTTP =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    }

    /** With the files in hand. */
    static DryRun dryRun() throws IOException {
        return new DryRun(PropertySources.of(Map.of()).configFolder());
    }

    /** The store that the settings name, for reading, also while a gateway uses it. */
    static Store store() {
        Settings settings = Settings.here();
        return new StoreConfig(settings, new Secrets(settings))
                .look(Clocks.ofTheMachine().steady());
    }

    /** Asks the gateway that runs on this machine, at an address below {@code base}. */
    static HttpResponse<String> send(URI base, HttpRequest request) throws CommandException, InterruptedException {
        try {
            return Client.HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new CommandException(1, "nothing listens at " + base + "; is the gateway running?");
        } catch (IOException e) {
            throw new CommandException(1, base + " did not answer: " + e.getMessage());
        }
    }
}
