package io.fusewire.message;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.error.TemplateException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes a sink's message of an alert, by the jq template that fits it: for sink {@code ops}, the first that exists of
 * {@code ops/<rule>.jq}, {@code ops/<family>.jq} (the event's type up to its first dot) and {@code ops/any.jq}; then of
 * the same three in the folder of its format, such as {@code slack}; then {@code any.jq}, which is there for every sink. A
 * template is read once, when it is first needed, and kept. Thread-safe.
 */
public final class Templates {
    /** Rule names and event types are strangers' texts, and become file names only if they look like one. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LangfuseLinks links;
    private final TemplateFiles files;
    private final Clock clock;

    /**
     * @param folder its {@code templates/} is looked in first, and need not exist; what isn't there is taken from
     *     the jar
     * @param base the address of Langfuse's pages
     * @param bases that of sources which have one of their own
     * @param clock now, in the zone in which incidents tell times
     * @throws IllegalArgumentException if the address isn't an http or https URL
     */
    public Templates(Path folder, String base, Map<String, String> bases, Clock clock) {
        this.links = new LangfuseLinks(base, bases);
        this.files = new TemplateFiles(folder.resolve("templates"));
        this.clock = clock;
    }

    /** One sentence for each template of the folder that is no jq. */
    public static List<String> faults(Path folder) {
        return new TemplateFiles(folder.resolve("templates")).faults();
    }

    /**
     * The message by the template that fits the alert, or by the one that is named, cut to the format's limits.
     *
     * @param template its name without folder and ending; empty for the one that fits the alert
     * @param format how the event's texts are escaped and the message is cut
     * @throws TemplateException if there is no such template, or it fails, or gives something other than one JSON object
     */
    public ObjectNode render(String sink, String template, MessageFormat format, Alert alert) {
        List<String> names = names(sink, template, format, alert);
        if (!NAME.matcher(sink).matches() || !template.isEmpty() && !isName(template)) {
            throw new TemplateException(names.get(0) + ".jq", "can't exist: a name is letters, digits, - and _.");
        }
        ObjectNode message = names.stream()
                .flatMap(name -> files.find(name + ".jq").stream())
                .findFirst()
                .orElseThrow(() -> new TemplateException(names.get(0) + ".jq", "doesn't exist."))
                .run(input(format, alert));
        return format.fit(message);
    }

    /** The sink's own go before its format's. */
    private static List<String> names(String sink, String template, MessageFormat format, Alert alert) {
        List<String> inFolder = template.isEmpty() ? fitting(alert) : List.of(template);
        List<String> names = new ArrayList<>();
        Stream.concat(Stream.of(sink), format.folder().stream())
                .forEach(folder -> inFolder.forEach(name -> names.add(folder + "/" + name)));
        if (template.isEmpty()) {
            names.add(TemplateFiles.ANY);
        }
        return names;
    }

    private static List<String> fitting(Alert alert) {
        return Stream.of(alert.rule(), alert.label("type").split("\\.", 2)[0], TemplateFiles.ANY)
                .filter(Templates::isName)
                .toList();
    }

    private static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.equals(TemplateFiles.PRELUDE);
    }

    /** What a template sees. Links are ours and encoded already; escaping them would break them. */
    private ObjectNode input(MessageFormat format, Alert alert) {
        ObjectNode input = JSON.createObjectNode();
        input.set("event", format.escape(alert.event()));
        input.set("labels", format.escape(JSON.valueToTree(alert.labels())));
        input.put("rule", format.escape(alert.rule()));
        input.put("severity", alert.severity());
        input.put("resolve", alert.resolve());
        input.set("incident", alert.incident().json(format, sample -> links.sample(alert, sample), clock));
        input.put("source", format.escape(alert.source()));
        input.put("received", MILLIS.format(alert.receivedAt()));
        ObjectNode where = input.putObject("links");
        links.view(alert).ifPresent(link -> where.put("view", link));
        links.data(alert).ifPresent(link -> where.put("data", link));
        return input;
    }
}
