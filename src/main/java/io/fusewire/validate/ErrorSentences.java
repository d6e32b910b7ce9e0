package io.fusewire.validate;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceAware;

/** One sentence out of a fault: which file, which word, and where it is known what would have been right. */
public final class ErrorSentences {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([^}:]+)[:}]");

    /** How Camel's readers call a word that they don't know. */
    private static final Pattern WORD =
            Pattern.compile("^(?:(?:Unknown node id|Unsupported field): |Unexpected \\w+ '\\{.*?})([\\w-]+)");

    private static final Pattern JAVA =
            Pattern.compile("(?s)^Compilation error:\\s+/(\\S+\\.java):(\\d+): [^:]+: ([^\\n]+)(.*)");

    private static final Pattern UNKNOWN = Pattern.compile("^.*Unknown parameters=");

    private ErrorSentences() {}

    /** The sentence for a start that failed. */
    public static String of(Throwable thrown) {
        String place = place(thrown);
        Throwable cause = thrown;
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof PropertyBindingException binding && binding.getPropertyName() != null) {
                return place + noValue(binding);
            }
            if (each instanceof ResolveEndpointFailedException && each.getCause() == null) {
                return place + first(each);
            }
            cause = each;
            if (each instanceof IllegalArgumentException) {
                break;
            }
        }
        return place + (cause.getMessage() == null ? cause.toString() : oneLine(cause.getMessage()));
    }

    /** The file and the route where Camel tells them. */
    private static String place(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof FailedToCreateRouteException failed && failed.getRouteId() != null) {
                return place(failed.getLocation(), failed.getRouteId());
            }
            if (each instanceof FailedToStartRouteException failed && failed.getRouteId() != null) {
                return place(failed.getLocation(), failed.getRouteId());
            }
        }
        return "";
    }

    private static String place(String location, String route) {
        return (location == null ? "" : location.replaceFirst(":\\d+$", "") + ": ") + "route " + route + ": ";
    }

    /** Why an endpoint can't be: without the routine words around it. */
    static String endpoint(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof PropertyBindingException binding && binding.getPropertyName() != null) {
                return noValue(binding);
            }
            if (each instanceof NoSuchEndpointException none) {
                return "there is no component for " + none.getUri().replaceFirst("[/?].*", "") + ".";
            }
            if (each instanceof ResolveEndpointFailedException && each.getCause() == null) {
                return UNKNOWN.matcher(first(each)).replaceFirst("there is no option ");
            }
        }
        return first(innermost(thrown));
    }

    private static String noValue(PropertyBindingException binding) {
        String name = binding.getPropertyName();
        String words = Stream.of(binding.getTarget().getClass().getMethods())
                .filter(setter -> setter.getName().equalsIgnoreCase("set" + name) && setter.getParameterCount() == 1)
                .flatMap(setter -> Stream.ofNullable(setter.getParameterTypes()[0].getEnumConstants()))
                .flatMap(Stream::of)
                .map(word -> word.toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return "'" + binding.getValue() + "' is no value for " + name
                + (words.isEmpty() ? "." : "; there are " + words + ".");
    }

    static Throwable innermost(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    static String first(Throwable thrown) {
        return thrown.getMessage() == null
                ? thrown.toString()
                : thrown.getMessage().lines().findFirst().orElse("").strip();
    }

    /** Camel's parser draws the place over several lines; the first ones say what and where. */
    private static String oneLine(String message) {
        Matcher java = JAVA.matcher(message);
        if (java.matches()) {
            return java.group(1) + ", line " + java.group(2) + ": " + java.group(3) + below(java.group(4));
        }
        Matcher word = WORD.matcher(message);
        String meant = word.find()
                ? Suggestions.ofYaml(word.group(1))
                        .map(known -> " Did you mean '" + known + "'?")
                        .orElse("")
                : "";
        return firstTwo(message) + meant;
    }

    /** What the compiler says below the line of code that it shows, where it does. */
    private static String below(String code) {
        List<String> words = code.lines()
                .dropWhile(line -> !line.strip().equals("^"))
                .skip(1)
                .takeWhile(line -> line.startsWith(" "))
                .map(line -> line.strip().replaceAll(" +", " "))
                .toList();
        return words.isEmpty() ? "." : " (" + String.join(", ", words) + ").";
    }

    private static String firstTwo(String message) {
        String[] lines = message.strip().split("\n");
        return lines.length > 1 && lines[1].strip().startsWith("in ")
                ? lines[0].strip() + " " + lines[1].strip().replaceFirst(":$", ".")
                : message.strip();
    }

    static List<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(found -> found.group(1)).toList();
    }

    /** Where a route, a template or a policy was read. */
    public static String file(OptionalIdentifiedDefinition<?> part) {
        Resource resource = part instanceof ResourceAware known ? known.getResource() : null;
        return resource == null ? part.getShortName() + " " + part.getId() : resource.getLocation();
    }
}
