package io.fusewire;

import io.fusewire.cli.CheckCommand;
import io.fusewire.cli.DeadLettersCommand;
import io.fusewire.cli.ExplainCommand;
import io.fusewire.cli.ReconcileCommand;
import io.fusewire.cli.SendCommand;
import io.fusewire.cli.WhyCommand;
import io.fusewire.config.PropertySources;
import io.fusewire.config.Settings;
import io.fusewire.runtime.Clocks;
import io.fusewire.runtime.LiveReload;
import io.fusewire.runtime.StandaloneGateway;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The command line: {@code [run]} starts the gateway, {@code send FILE} signs an event and posts it, {@code
 * dead-letters} asks the running gateway for its dead letters, {@code verify} shows whether the books balance.
 */
public final class Main {
    private static final String LOGBACK = "logback.configurationFile";
    private static final String USAGE =
            """
            usage: java -jar fusewire.jar [run]           starts the gateway
                   java -jar fusewire.jar send FILE...    signs each event file and posts it
                   java -jar fusewire.jar check           checks routes, templates and properties, and tries the rules on rules/*.yaml;
                                                          with --against-store N shows what of the newest N events would change
                   java -jar fusewire.jar explain FILE... shows what the rules make of each event file
                   java -jar fusewire.jar why EVENT       shows what became of an event, by its number or its key
                   java -jar fusewire.jar dead-letters    lists the running gateway's dead letters;
                                                          with show ID, replay ID or discard ID does that with one
                   java -jar fusewire.jar verify          shows whether the store's books balance
            Properties: application.properties beside the jar, the environment, or -D before -jar.""";

    private Main() {}

    public static void main(String[] args) throws Exception {
        if (System.getProperty(LOGBACK) == null) {
            System.setProperty(LOGBACK, "fusewire/logback.xml");
        }
        System.exit(run(args));
    }

    private static int run(String[] args) throws Exception {
        String command = args.length == 0 ? "run" : args[0];
        if (!command.equals("run")) {
            System.setProperty("io.fusewire.log-level", "ERROR");
        }
        String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
        switch (command) {
            case "run" -> {
                return LiveReload.isWanted()
                        ? new LiveReload(Clocks.ofTheMachine(), PropertySources.configFolder(Map.of())).run()
                        : new StandaloneGateway(Clocks.ofTheMachine(), Map.of()).run();
            }
            case "send" -> {
                return rest.length == 0
                        ? usage()
                        : SendCommand.files(Arrays.stream(rest).map(Path::of).toList(), System.out);
            }
            case "check" -> {
                return check(rest);
            }
            case "explain" -> {
                return rest.length == 0
                        ? usage()
                        : ExplainCommand.files(Arrays.stream(rest).map(Path::of).toList(), System.out);
            }
            case "why" -> {
                return rest.length == 1 ? WhyCommand.event(rest[0], System.out) : usage();
            }
            case "dead-letters" -> {
                List<String> words = List.of(rest);
                return DeadLettersCommand.understands(words)
                        ? DeadLettersCommand.run(words, Settings.here(), System.out)
                        : usage();
            }
            case "verify" -> {
                return rest.length == 0 ? ReconcileCommand.books(System.out) : usage();
            }
            default -> {
                return usage();
            }
        }
    }

    private static int check(String[] rest) throws Exception {
        boolean stored = rest.length == 2 && rest[0].equals("--against-store") && rest[1].matches("[1-9]\\d{0,8}");
        return stored || rest.length == 0
                ? CheckCommand.run(
                        PropertySources.configFolder(Map.of()), stored ? Integer.parseInt(rest[1]) : 0, System.out)
                : usage();
    }

    private static int usage() {
        System.err.println(USAGE);
        return 2;
    }
}
