package io.fusewire.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.error.TemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.exception.JsonQueryUserException;

/**
 * One compiled jq program. It can't read files or the environment: no module loader is set, and jackson-jq leaves out
 * {@code env}. Thread-safe: the scope is never changed after it is made, and each run has a child of it.
 */
final class Template {
    private static final Scope BUILTINS = builtins();
    private static final int LONGEST_REASON = 300;
    /** Where jackson-jq's sentences begin to quote values, which may be the event's. */
    private static final Pattern QUOTE = Pattern.compile("[(\"'{\\[0-9]");

    private final String file;
    private final String source;
    private final JsonQuery query;

    private Template(String file, String source, JsonQuery query) {
        this.file = file;
        this.source = source;
        this.query = query;
    }

    private static Scope builtins() {
        Scope scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_7, scope);
        return scope;
    }

    static Template compile(String file, String prelude, String text) {
        String source = prelude + "\n" + text;
        try {
            return new Template(file, source, JsonQuery.compile(source, Versions.JQ_1_7));
        } catch (JsonQueryException e) {
            throw new TemplateException(
                    file,
                    "isn't jq (lines count from the prelude's first): "
                            + Truncate.plain(e.getOriginalMessage().replaceAll("\\s+", " "), LONGEST_REASON));
        }
    }

    /** The template's one output. */
    ObjectNode run(ObjectNode input) {
        List<JsonNode> outputs = new ArrayList<>(1);
        try {
            query.apply(Scope.newChildScope(BUILTINS), input, output -> {
                if (!outputs.isEmpty()) {
                    throw new TemplateException(file, "gives more than one output.");
                }
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
