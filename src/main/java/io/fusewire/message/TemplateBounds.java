package io.fusewire.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import io.fusewire.error.TemplateException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.OnigUtils;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;
import net.thisptr.jackson.jq.internal.operators.MultiplyOperator;
import org.joni.Matcher;
import org.joni.Option;

/**
 * What a run of a template may cost: jackson-jq has no bound of its own, and what an event holds may decide how often a
 * template does something. Each part of a template asks, at its outputs, how much memory the run has taken. Thread-safe; a
 * run has one thread.
 */
final class TemplateBounds {
    /** Of one run, what was garbage at once included. */
    private static final long MOST_BYTES = 128L << 20;

    /** Characters of a text that repetition makes in one step, and of a whole message. */
    private static final int MOST_TEXT = 4 << 20;

    private static final int DEEPEST = 200;
    private static final int LARGE_TEXT = 10_000;

    /** Of the thread's processor time: a process that stood still, or a busy machine, is no fault of the template's. */
    private static final long LONGEST = Duration.ofSeconds(10).toNanos();

    private static final long LONGEST_SEARCH = Duration.ofSeconds(2).toNanos();

    /** Bytes in which no regular expression takes long. */
    private static final int SHORT_TEXT = 24;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final ThreadLocal<TemplateBounds> RUN = new ThreadLocal<>();

    private final String file;
    private final long began = THREADS.getCurrentThreadAllocatedBytes();
    private final long beganAt = THREADS.getCurrentThreadCpuTime();
    private int steps;
    private long size;

    private TemplateBounds(String file) {
        this.file = file;
    }

    /** A run of this template begins on this thread. */
    static TemplateBounds begin(String file) {
        TemplateBounds run = new TemplateBounds(file);
        RUN.set(run);
        return run;
    }

    /** Nanoseconds that the run's thread has worked for it. */
    long spent() {
        return THREADS.getCurrentThreadCpuTime() - beganAt;
    }

    /** Asks seldom, since asking costs as much as a step; and at each large text. */
    private void step(JsonNode made) {
        boolean large = made.isTextual() && made.textValue().length() > LARGE_TEXT;
        if (++steps % 64 == 0 || large) {
            boolean full = THREADS.getCurrentThreadAllocatedBytes() - began > MOST_BYTES;
            if (full || spent() > LONGEST) {
                throw new TemplateException(file, full ? "takes too much memory." : "takes too much time.");
            }
        }
    }

    /** Holds the message to what can be written out: parts that are there many times count as often. */
    void check(JsonNode part, int depth) {
        size += part.isTextual() ? part.textValue().length() : 1;
        if (size > MOST_TEXT || depth > DEEPEST) {
            throw new TemplateException(file, "gives a message that is too large.");
        }
        part.forEach(child -> check(child, depth + 1));
    }

    static Function bounded(String name, Function function) {
        BoundedParts.bounded((Object) function);
        int flags = name.equals("_match_impl/3") ? 1 : name.equals("_sub_impl/3") ? 2 : -1;
        return (scope, arguments, in, path, output, version) -> {
            TemplateBounds run = RUN.get();
            run.step(in);
            if (flags > 0) {
                arguments.get(0).apply(scope, in, regex -> arguments
                        .get(flags)
                        .apply(scope, in, how -> run.search(in.asText(), regex.asText(), how.asText(""))));
            }
            function.apply(scope, arguments, in, path, run.asked(output), version);
        };
    }

    /** Tries a search that may be hopeless, under a clock. */
    private void search(String text, String regex, String how) throws JsonQueryException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= SHORT_TEXT) {
            return;
        }
        OnigUtils.Pattern pattern = new OnigUtils.Pattern(regex, how);
        Matcher matcher = pattern.regex.matcher(bytes);
        long end = spent() + LONGEST_SEARCH;
        int from = 0;
        int found;
        do {
            long left = end - spent();
            if (left <= 0) {
                throw new TemplateException(file, "searches a text for too long.");
            }
            matcher.setTimeout(left);
            found = matcher.search(from, bytes.length, Option.NONE);
            from = found == Matcher.INTERRUPTED ? from : Math.max(from + 1, matcher.getEnd());
        } while (found == Matcher.INTERRUPTED || found >= 0 && pattern.global && from < bytes.length);
    }

    private PathOutput asked(PathOutput output) {
        return (made, at) -> {
            step(made);
            output.emit(made, at);
        };
    }

    static Expression wrapped(Expression inner) {
        return (scope, in, path, output, paths) ->
                inner.apply(scope, in, path, RUN.get().asked(output), paths);
    }

    static BinaryOperator repetition(MultiplyOperator times) {
        return new MultiplyOperator() {
            @Override
            public JsonNode apply(ObjectMapper mapper, JsonNode one, JsonNode other) throws JsonQueryException {
                JsonNode text = one.isTextual() ? one : other;
                JsonNode count = one.isTextual() ? other : one;
                if (text.isTextual() && text.textValue().length() * count.asDouble() > MOST_TEXT) {
                    throw new TemplateException(RUN.get().file, "takes too much memory.");
                }
                return times.apply(mapper, one, other);
            }
        };
    }
}
