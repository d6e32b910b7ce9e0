package io.fusewire.event;

import java.util.List;
import java.util.Set;

/**
 * The facts about an event that a rule may test, by the names that routes use. Texts are always there, {@link #NONE}
 * where unknown; numbers are absent where unknown, so that no comparison holds.
 */
public final class Labels {
    /** What a text label says when the fact is unknown. */
    public static final String NONE = "none";

    /** What Langfuse says happened: {@code trace.updated}, {@code monitor-alert}, … */
    public static final String TYPE = "type";
    /** Where it entered; never read from the body. */
    public static final String SOURCE = "source";
    /** Langfuse's project id. */
    public static final String PROJECT = "project";

    /** The trace's id. */
    public static final String TRACE = "trace";
    /** The observation's id. */
    public static final String OBSERVATION = "observation";
    /** What the event is about, the same over re-deliveries and severities. */
    public static final String SUBJECT = "subject";
    /** The name of the score, prompt, monitor, resource, generation or trace. */
    public static final String NAME = "name";
    /** What was done to a prompt; what kind of project notification it is. */
    public static final String ACTION = "action";
    /**
     * What an observation's status message says whatever request it was about, so that errors of one cause share it: see
     * {@link ErrorFingerprint}.
     */
    public static final String ERROR = "error";
    /** The id of the monitor that an alert is of. */
    public static final String MONITOR = "monitor";
    /** An observation's level: ERROR, WARNING, DEFAULT, DEBUG. */
    public static final String LEVEL = "level";
    /** Langfuse's own word for a monitor or a notification: ALERT, WARNING, OK, NO_DATA. */
    public static final String MONITOR_SEVERITY = "monitorSeverity";
    /** A score that isn't a number: its category, or {@code true} or {@code false}. */
    public static final String CATEGORY = "category";

    /** The model that a generation used, by the name it was called. */
    public static final String MODEL = "model";
    /** A prompt's labels: a list of texts, maybe empty. */
    public static final String PROMPT_LABELS = "promptLabels";
    /** A numeric score: a Double, in the score's own scale. */
    public static final String VALUE = "value";
    /** Tokens that went into the model: a Long, never negative. */
    public static final String INPUT_TOKENS = "inputTokens";
    /** Tokens that came out of the model: a Long, never negative. */
    public static final String OUTPUT_TOKENS = "outputTokens";
    /** US dollars: a Double. */
    public static final String COST = "cost";

    /** All of them. */
    public static final Set<String> ALL = Set.of(
            TYPE,
            SOURCE,
            PROJECT,
            TRACE,
            OBSERVATION,
            SUBJECT,
            NAME,
            ACTION,
            LEVEL,
            MONITOR_SEVERITY,
            CATEGORY,
            ERROR,
            MONITOR,
            MODEL,
            PROMPT_LABELS,
            VALUE,
            INPUT_TOKENS,
            OUTPUT_TOKENS,
            COST);

    /** Those that are texts. */
    public static final List<String> TEXTS = List.of(
            TYPE,
            SOURCE,
            PROJECT,
            TRACE,
            OBSERVATION,
            SUBJECT,
            NAME,
            ACTION,
            LEVEL,
            MONITOR_SEVERITY,
            CATEGORY,
            ERROR,
            MONITOR,
            MODEL);

    private Labels() {}
}
