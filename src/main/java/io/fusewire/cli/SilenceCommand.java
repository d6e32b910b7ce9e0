package io.fusewire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.config.Settings;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What an operator does with silences, asked of the running gateway's admin. */
@Command(
        description = {
            "Holds alerts back for a time: lists, makes or ends silences; without a command it lists them.",
            "It asks the gateway that runs on this machine, with fusewire.admin.token."
        },
        exitCodeList = {"0:it is done", "1:no gateway, another token, no such silence, or it is refused"})
final class SilenceCommand extends AdminCommand {
    private static final int PAGE = 1_000;
    private static final Pattern MATCHER = Pattern.compile("(?s)([A-Za-z]+)(=~|!~|!=|=)(.+)");
    private static final String SELF = "${sys:user.name}";

    @Spec
    private CommandSpec spec;

    SilenceCommand() {
        this(Settings::here);
    }

    SilenceCommand(Supplier<Settings> settings) {
        super("silences", settings);
    }

    @Override
    public Integer call() throws CommandException, InterruptedException {
        return list(false);
    }

    @Command(description = "Lists those that are in force or to come, oldest first.")
    int list(@Option(names = "--all", description = "Those that are over too.") boolean all)
            throws CommandException, InterruptedException {
        String query = "?limit=" + PAGE + (all ? "" : "&state=active,pending");
        JsonNode page = ask("GET", query);
        if (page.isEmpty()) {
            out.println("There are no silences.");
        }
        while (!page.isEmpty()) {
            page.forEach(silence -> out.println(line(silence)));
            page = ask("GET", query + "&after=" + page.get(page.size() - 1).path("id"));
        }
        return 0;
    }

    @Command(description = "Makes one, which holds what all its matchers match.")
    int add(
            @Option(
                            names = "--match",
                            required = true,
                            paramLabel = "MATCHER",
                            description = "LABEL=TEXT, LABEL!=TEXT, LABEL=~REGEX or LABEL!~REGEX; the label rule is the"
                                    + " rule's name. May stand several times.")
                    List<String> matchers,
            @Option(names = "--for", paramLabel = "DURATION", description = "How long it lasts: 30m, 2h, 7d.")
                    String lasting,
            @Option(names = "--until", paramLabel = "TIME", description = "When it ends: 2026-11-30T08:00:00Z.")
                    String until,
            @Option(names = "--from", paramLabel = "TIME", description = "When it begins. Without it now.") String from,
            @Option(
                            names = "--by",
                            paramLabel = "WHO",
                            defaultValue = SELF,
                            description = "Who makes it. Without it this machine's user.")
                    String by,
            @Option(names = "--why", required = true, paramLabel = "TEXT", description = "Why.") String why)
            throws CommandException, InterruptedException {
        ObjectNode asked = JSON.createObjectNode().put("by", by).put("why", why);
        matchers.forEach(matcher -> asked.withArray("matchers").add(matcher(matcher)));
        asked.setAll(given("for", lasting));
        asked.setAll(given("until", until));
        asked.setAll(given("from", from));
        JsonNode made = ask("POST", "", HttpRequest.BodyPublishers.ofString(asked.toString()));
        out.println(line(made));
        if (made.has("remark")) {
            out.println(made.path("remark").asText());
        }
        return 0;
    }

    @Command(description = "Ends one now.")
    int end(
            @Parameters(paramLabel = "ID", description = "Its number in the list.") long id,
            @Option(
                            names = "--by",
                            paramLabel = "WHO",
                            defaultValue = SELF,
                            description = "Who ends it. Without it this machine's user.")
                    String by)
            throws CommandException, InterruptedException {
        ask("DELETE", "/" + id + "?by=" + URLEncoder.encode(by, StandardCharsets.UTF_8));
        out.println("Silence " + id + " has ended.");
        return 0;
    }

    private static ObjectNode given(String field, String value) {
        return value == null ? JSON.createObjectNode() : JSON.createObjectNode().put(field, value);
    }

    private ObjectNode matcher(String text) {
        Matcher parts = MATCHER.matcher(text);
        if (!parts.matches()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--match takes LABEL=TEXT, LABEL!=TEXT, LABEL=~REGEX or LABEL!~REGEX.");
        }
        return JSON.createObjectNode()
                .put("label", parts.group(1))
                .put("op", parts.group(2))
                .put("value", parts.group(3));
    }

    private static String line(JsonNode silence) {
        String matchers = StreamSupport.stream(silence.path("matchers").spliterator(), false)
                .map(one -> one.path("label").asText()
                        + one.path("op").asText()
                        + one.path("value").asText())
                .collect(Collectors.joining(", "));
        String ended = silence.has("ended")
                ? "ended " + silence.path("ended").asText() + " by "
                        + silence.path("endedBy").asText("nobody named")
                : "from " + silence.path("from").asText() + " until "
                        + silence.path("until").asText();
        return silence.path("id") + "  " + silence.path("state").asText() + ", " + ended + ", "
                + matchers + ", made by " + silence.path("by").asText() + ": "
                + silence.path("why").asText();
    }
}
