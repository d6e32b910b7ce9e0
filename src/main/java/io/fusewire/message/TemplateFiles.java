package io.fusewire.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.error.TemplateException;
import io.fusewire.message.MessageFormat.Truncate;
import io.fusewire.message.TemplateSource.Part;
import io.fusewire.text.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.exception.JsonQueryUserException;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParser;

/** Templates by file name: an outside folder first, then the classpath. Each is compiled once. Thread-safe. */
final class TemplateFiles {
    /** Put before each template of its folder, that of the root before all; no template itself. */
    static final String PRELUDE = "prelude";

    /** A folder's template for what has no other; beside the folders, that of the sinks that have none. */
    static final String ANY = "any";

    /** Event types are strangers' words: what isn't there is remembered only for so many. */
    private static final int MOST_ABSENT = 1000;

    private final Path folder;
    private final Map<String, Template> compiled = new ConcurrentHashMap<>();
    private final Set<String> absent = ConcurrentHashMap.newKeySet();

    TemplateFiles(Path folder) {
        this.folder = folder;
    }

    /** @param file a path below {@code templates}, such as {@code slack/any.jq} or {@code any.jq} */
    Optional<Template> find(String file) {
        Template known = compiled.get(file);
        if (known != null || absent.contains(file)) {
            return Optional.ofNullable(known);
        }
        Optional<String> source = read(file);
        if (source.isEmpty() && absent.size() < MOST_ABSENT) {
            absent.add(file);
        }
        return source.map(text -> compiled.computeIfAbsent(file, name -> Template.compile(whole(name, text))));
    }

    /** One sentence for each template outside the jar that can't be compiled. */
    List<String> faults() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.filter(file -> file.toString().endsWith(".jq"))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .map(file -> file.replaceFirst("(^|/)" + PRELUDE + "[.]jq$", "$1" + ANY + ".jq"))
                    .filter(file -> file.contains("/") || file.equals(ANY + ".jq"))
                    .distinct()
                    .sorted()
                    .flatMap(file -> fault(file).stream())
                    .toList();
        } catch (IOException e) {
            return List.of(
                    "The folder " + folder + " can't be read: " + e.getClass().getSimpleName() + ".");
        }
    }

    private Optional<String> fault(String file) {
        try {
            find(file);
            return Optional.empty();
        } catch (TemplateException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Behind the prelude of all, then that of the template's folder. */
    private TemplateSource whole(String file, String text) {
        String ofFolder = file.substring(0, file.indexOf('/') + 1) + PRELUDE + ".jq";
        List<Part> parts = new ArrayList<>();
        Stream.of(PRELUDE + ".jq", ofFolder).distinct().forEach(prelude -> read(prelude)
                .ifPresent(found -> parts.add(new Part(prelude, found))));
        parts.add(new Part(file, text));
        return new TemplateSource(parts);
    }

    private Optional<String> read(String file) {
        try {
            Path outside = folder.resolve(file);
            if (Files.isRegularFile(outside)) {
                return Optional.of(TextFile.read(outside));
            }
            try (InputStream in = TemplateFiles.class.getResourceAsStream("/fusewire/templates/" + file)) {
                return in == null
                        ? Optional.empty()
                        : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new TemplateException(file, "can't be read: " + e.getMessage());
        }
    }

    /**
     * One compiled jq program. It can't read files or the environment: no module loader is set, and jackson-jq leaves out
     * {@code env}. Thread-safe: the scope is never changed after it is made, and each run has a child of it.
     */
    static final class Template {
        private static final Scope BUILTINS = builtins();
        private static final int LONGEST_REASON = 300;
        /** Where jackson-jq's sentences begin to quote values, which may be the event's. */
        private static final Pattern QUOTE = Pattern.compile("[(\"'{\\[0-9]");

        private final String file;
        private final String source;
        private final Expression query;

        private Template(String file, String source, Expression query) {
            this.file = file;
            this.source = source;
            this.query = query;
        }

        private static Scope builtins() {
            Scope scope = Scope.newEmptyScope();
            BuiltinFunctionLoader.getInstance()
                    .listFunctions(Versions.JQ_1_7, scope)
                    .forEach((name, function) -> scope.addFunction(name, TemplateBounds.bounded(name, function)));
            return scope;
        }

        static Template compile(TemplateSource whole) {
            String source = whole.text();
            try {
                return new Template(
                        whole.file(), source, BoundedParts.bounded(ExpressionParser.compile(source, Versions.JQ_1_7)));
            } catch (JsonQueryException e) {
                throw new TemplateException(whole.file(), "isn't jq: " + whole.fault(e));
            }
        }

        /** The template's one output. */
        ObjectNode run(ObjectNode input) {
            List<JsonNode> outputs = new ArrayList<>(1);
            TemplateBounds run = TemplateBounds.begin(file);
            try {
                query.apply(Scope.newChildScope(BUILTINS), input, output -> {
                    if (!outputs.isEmpty()) {
                        throw new TemplateException(file, "gives more than one output.");
                    }
                    run.check(output, 0);
                    outputs.add(output);
                });
            } catch (JsonQueryException e) {
                throw new TemplateException(file, "failed: " + reason(e));
            } catch (TemplateException e) {
                throw e;
            } catch (RuntimeException e) {
                throw new TemplateException(file, "failed: " + e.getClass().getSimpleName());
            } catch (StackOverflowError e) {
                throw new TemplateException(file, "calls itself without end.");
            }
            if (outputs.isEmpty() || !(outputs.get(0) instanceof ObjectNode message)) {
                throw new TemplateException(file, "must give one JSON object.");
            }
            return message;
        }

        /** What jackson-jq says, without the values that it quotes. */
        private String reason(JsonQueryException e) {
            String said = String.valueOf(e.getOriginalMessage());
            if (e instanceof JsonQueryUserException) {
                return source.contains(said) ? said : "it raised an error.";
            }
            Matcher quote = QUOTE.matcher(said);
            if (!quote.find()) {
                return Truncate.plain(said, LONGEST_REASON);
            }
            boolean value = quote.group().equals("(");
            return said.substring(0, quote.start()).strip() + " …"
                    + (value ? said.substring(said.lastIndexOf(')') + 1) : "");
        }
    }
}
