package io.fusewire.message;

/** Shortens texts. Lengths are UTF-16 units; what is cut ends with an ellipsis, which counts. */
final class Truncate {
    private static final String ELLIPSIS = "…";
    /** {@code &amp;} without its last character: the most of an escape that a cut can leave. */
    private static final int LONGEST_TORN_ESCAPE = 4;

    private Truncate() {}

    /** At most so many units; a surrogate pair stays whole or goes. */
    static String plain(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, wholePair(text, longest - 1)) + ELLIPSIS;
    }

    /** At most so many units; a surrogate pair, an escape and a {@code <url|text>} link stay whole or go. */
    static String mrkdwn(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = wholePair(text, longest - 1);
        int escape = end == 0 ? -1 : text.lastIndexOf('&', end - 1);
        if (escape >= 0 && end - escape <= LONGEST_TORN_ESCAPE && text.indexOf(';', escape) >= end) {
            end = escape;
        }
        int link = end == 0 ? -1 : text.lastIndexOf('<', end - 1);
        if (link >= 0 && text.lastIndexOf('>', end - 1) < link) {
            end = link;
        }
        return text.substring(0, end) + ELLIPSIS;
    }

    private static int wholePair(String text, int end) {
        return end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }
}
