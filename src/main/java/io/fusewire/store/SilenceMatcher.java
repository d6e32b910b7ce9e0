package io.fusewire.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.fusewire.error.InvalidRequestException;
import io.fusewire.event.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a label, or the rule's name, must be: {@code =}, {@code !=}, {@code =~} and {@code !~} as in Alertmanager. A
 * regular expression is RE2's, which takes linear time, and must match the whole text. Of a label that is a list one
 * element is enough; one that is unknown is {@code none}.
 */
public record SilenceMatcher(String label, String op, String value, Pattern regex) {
    /** What stands for the rule's name among the labels. */
    public static final String RULE = "rule";

    static final int LONGEST_VALUE = 500;

    /** So much of a label's text is shown to a regular expression. */
    static final int LONGEST_TEXT = 1_000;

    /** So many elements of a label that is a list are compared. */
    static final int MOST_ELEMENTS = 100;

    private static final int LARGEST_PROGRAM = 1_000;

    /** What compiling a regular expression may take for a moment, in instructions. */
    private static final double LARGEST_EXPANSION = 500_000;

    private static final Logger LOG = LoggerFactory.getLogger(SilenceMatcher.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> OPS = List.of("=", "!=", "=~", "!~");
    private static final java.util.regex.Pattern COUNT = java.util.regex.Pattern.compile("\\{(\\d+)(,?)(\\d*)}");

    /** A regular expression that matches all of these matches any text. */
    private static final List<String> ANY = List.of(
            "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~ ",
            "q", "7", "429 Too Many Requests", "\u00e4\u2713\ud83d\udd14");

    /** @throws InvalidRequestException in a sentence, when it is none, or its regular expression is wrong or too large */
    public static SilenceMatcher of(String label, String op, String value) {
        if (op == null || !OPS.contains(op)) {
            throw new InvalidRequestException("A matcher compares by " + String.join(", ", OPS) + ".");
        }
        InvalidRequestException.unlessText("The value of a matcher", value, LONGEST_VALUE);
        return new SilenceMatcher(label, op, value, op.endsWith("~") ? regex(label, value) : null);
    }

    private static Pattern regex(String label, String value) {
        double expansion = COUNT.matcher(value)
                .results()
                .mapToDouble(count -> Math.max(1, times(count)))
                .reduce(value.length(), (all, one) -> all * one);
        try {
            Pattern regex = expansion > LARGEST_EXPANSION ? null : Pattern.compile(value);
            if (regex == null || regex.programSize() > LARGEST_PROGRAM) {
                throw new InvalidRequestException(
                        "The regular expression for " + label + " is too large; let it repeat less.");
            }
            return regex;
        } catch (PatternSyntaxException e) {
            // Of a ) too many RE2/J says that something inside it has failed.
            String fault = e.getDescription().endsWith("internal error")
                    ? "a ) without a ("
                    : e.getDescription() + (e.getPattern().isEmpty() ? "" : " in " + e.getPattern());
            throw new InvalidRequestException(
                    "The regular expression for " + label + " is none of RE2's: " + fault + ".");
        }
    }

    private static double times(MatchResult count) {
        return count.group(3).isEmpty()
                ? Double.parseDouble(count.group(1)) + count.group(2).length()
                : Double.parseDouble(count.group(3));
    }

    /** Whether it says what is held: {@code !=} and {@code !~} say what isn't, and some expressions match any text. */
    boolean narrows() {
        return !op.startsWith("!") && (regex == null || !ANY.stream().allMatch(regex::matches));
    }

    boolean matches(Map<String, Object> labels, String rule) {
        Object fact = label.equals(RULE) ? rule : labels.get(label);
        boolean named = fact instanceof List<?> list && !list.isEmpty()
                ? list.stream().limit(MOST_ELEMENTS).anyMatch(one -> names(String.valueOf(one)))
                : names(fact == null || fact instanceof List<?> ? Labels.NONE : fact.toString());
        return named != op.startsWith("!");
    }

    /** Whether a text is what stands behind the operator, be that negated or not. */
    public boolean names(String text) {
        return regex == null
                ? value.equals(text) || isPrinted(text)
                : regex.matches(text.substring(0, Math.min(text.length(), LONGEST_TEXT)));
    }

    /** No matcher holds a control character: what is silenced by an incident's label has question marks for them. */
    private boolean isPrinted(String text) {
        return value.length() == text.length()
                && value.indexOf('?') >= 0
                && value.equals(InvalidRequestException.printable(text));
    }

    Map<String, String> told() {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("label", label);
        told.put("op", op);
        told.put("value", value);
        return told;
    }

    /** @return none where it is no list of matchers as {@link #json} writes it */
    static List<SilenceMatcher> read(long silence, String json) {
        try {
            List<SilenceMatcher> matchers = new ArrayList<>();
            for (JsonNode one : JSON.readTree(json)) {
                matchers.add(of(
                        one.path("label").asText(),
                        one.path("op").asText(),
                        one.path("value").asText()));
            }
            return matchers;
        } catch (JsonProcessingException | InvalidRequestException e) {
            LOG.warn("Silence {} holds nothing: its matchers cannot be read", silence, e);
            return List.of();
        }
    }

    static String json(List<SilenceMatcher> matchers) {
        try {
            return JSON.writeValueAsString(
                    matchers.stream().map(SilenceMatcher::told).toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are JSON", e);
        }
    }

    /** {@code error=~.*timeout.*}. */
    @Override
    public String toString() {
        return label + op + value;
    }
}
