package io.fusewire.error;

import java.time.Duration;
import java.util.Locale;

/** A sink answered, and not with what it says when it has taken something. Never holds the URL, which may be a secret. */
public final class UnexpectedResponseException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whose fault an answer is; policies decide by it. */
    public enum Fault {
        /** The message's: the sink will never take it as it is. */
        MESSAGE,
        /** The address's: it is revoked, gone or closed to us, and the sink said so in a word of its own. */
        ADDRESS,
        /** The message's or the address's: a firewall that dislikes one text answers like an address that is revoked. */
        EITHER,
        /** Nobody's for long: of the way (a proxy), or of a sink in trouble or too busy. */
        PASSING;

        /** What a status says where nothing else is known. */
        public static Fault of(int status) {
            return switch (status) {
                case 401, 402, 403, 404, 405, 406, 410, 451 -> EITHER;
                case 407, 408, 421, 425, 429 -> PASSING;
                default -> status / 100 == 4 || status / 100 == 2 ? MESSAGE : PASSING;
            };
        }
    }

    private final int status;
    private final transient Duration retryAfter;
    private final Fault fault;

    /**
     * @param answer the answer's text, shortened
     * @param retryAfter what the sink asked for, or null
     */
    public UnexpectedResponseException(int status, String answer, Duration retryAfter, Fault fault) {
        super(("answered " + status + " " + answer).strip());
        this.status = status;
        this.retryAfter = retryAfter;
        this.fault = fault;
    }

    public int getStatus() {
        return status;
    }

    public Duration retryAfter() {
        return retryAfter;
    }

    /** Whose fault it is, as a word for a route: {@code message}, {@code address}, {@code either} or {@code passing}. */
    public String getFault() {
        return fault.name().toLowerCase(Locale.ROOT);
    }
}
