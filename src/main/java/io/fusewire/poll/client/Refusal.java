package io.fusewire.poll.client;

import java.util.Locale;

/** What a status other than 200 says. */
enum Refusal {
    RATE_LIMITED,
    KEYS_REFUSED,
    MISSING,
    NOT_UNDERSTOOD,
    TOO_MUCH,
    PROXY_REFUSED,
    FAILED;

    static Refusal of(int status) {
        return switch (status) {
            case 429 -> RATE_LIMITED;
            case 401, 403 -> KEYS_REFUSED;
                // Of endpoints that they haven't, some builds of v3 say 501, and gateways 405.
            case 404, 405, 501 -> MISSING;
            case 400 -> NOT_UNDERSTOOD;
            case 413, 422, 504, 524 -> TOO_MUCH;
            case 407 -> PROXY_REFUSED;
            default -> FAILED;
        };
    }

    /** By which it is counted. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
