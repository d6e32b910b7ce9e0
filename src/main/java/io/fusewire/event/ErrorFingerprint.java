package io.fusewire.event;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an error's message says whatever request it was about. {@code #} stands for each UUID, hexadecimal of 8 and more,
 * id of mixed letters and digits, number with what belongs to it (a date, a time, a duration, an address), quoted text and
 * e-mail address; of a URL scheme and host stay. A quoted word that tells kinds of errors apart stays too: the second of
 * {@code "type": "overloaded_error"}. White space is folded: neither its kinds nor its amounts change anything. It takes
 * linear time, and ends once the fingerprint is full: no quantifier here gives back what it took. For one thread.
 */
public final class ErrorFingerprint {
    /** UTF-16 units, at most; no surrogate pair is torn. */
    public static final int LONGEST = 160;

    private static final String END = "(?![A-Za-z\\d])";
    private static final String NO_LETTER = "(?![A-Za-z])";
    private static final String SPACE = "[\\p{Z}\\p{Cc}]*+";
    private static final String HEX = "[A-Fa-f\\d]";
    private static final String NO_URL = "\"'`<>\\\\.,;:!?)\\]}";

    /** What most words are, and nothing below: it spares them the rest. */
    private static final String PLAIN = "((?:[a-f]{0,7}+[g-z][A-Za-z]{0,99}+|[a-f]{1,7}+)(?=[\\s,;)]|$))";

    /** Groups: scheme, host, port. What follows the path belongs to the sentence that the URL stands in. */
    private static final String URL = "([A-Za-z][A-Za-z\\d+.-]{0,19}+://)(?:[!-~&&[^\"'`<>\\\\/?#@]]*+@)*+"
            + "(\\[[A-Fa-f\\d:.]*+]|(?:[.,;!?)\\]}]*+[!-~&&[^" + NO_URL + "/#]])*+)(:\\d++" + END + ")?+"
            + "(?:(?:/|(?=[?][\\w%]))(?:[.,;:!?)\\]}]*+[!-~&&[^" + NO_URL + "]])*+)?+";

    private static final String MAIL =
            "[\\p{L}\\d._%+-]{1,64}+@(?:[A-Za-z\\d-]{1,63}+\\.(?=[A-Za-z]{2})){1,8}+[A-Za-z]{2,24}+" + NO_LETTER;
    private static final String UUID = HEX + "{8}+(?:-" + HEX + "{4}+){3}+-" + HEX + "{12}+" + END;
    private static final String LONG_HEX = "(?=\\d*+[A-Fa-f])" + HEX + "{8,}+" + END + "|[A-Fa-f]{8,}+" + NO_LETTER;

    /** Digits stand among the characters of a word as in no name. */
    private static final String ID = "(?=[A-Za-z\\d]{6})(?:[A-Za-z]{0,4}+\\d++){2,}+[A-Za-z]{0,4}+" + END
            + "|(?=[A-Za-z\\d]{20})(?:[A-Za-z]*+\\d++){2,}+[A-Za-z]*+" + END;

    private static final String NAME = "(?:(?:Mon|Tues?+|Wed(?:nes)?+|Thu(?:rs)?+|Fri|Sat(?:ur)?+|Sun)(?:day)?+"
            + "|Jan(?:uary)?+|Feb(?:ruary)?+|Mar(?:ch)?+|Apr(?:il)?+|May|June?+|July?+|Aug(?:ust)?+|Sept?+(?:ember)?+"
            + "|Oct(?:ober)?+|Nov(?:ember)?+|Dec(?:ember)?+)" + NO_LETTER;

    /** A day's or a month's name before a number or another name; the last group is one that a number may stand before. */
    private static final String DATE = NAME + "(?=[,./-]?+" + SPACE + "(?:\\p{Nd}|" + NAME + "))|(" + NAME + ")";

    private static final String NUMBER = "0[xX]" + HEX + "++" + END
            + "|\\p{Nd}++(?:[.,:/_T+٫٬-]\\p{Nd}++|[eE][+-]?+\\p{Nd}++"
            + "|(?:[nuµm]?s|sec|m|min|[hdZ]|st|nd|rd|th)(?!\\p{L})\\p{Nd}*+)*+(?:" + SPACE + "[AaPp][Mm]" + END + ")?+";
    private static final Pattern NUMBERS = Pattern.compile(NUMBER);
    private static final Pattern WORDS =
            Pattern.compile(String.join("|", PLAIN, URL, MAIL, UUID, LONG_HEX, ID, DATE, NUMBER));

    private static final String OPENING = "'\"`‘“„«「『";
    private static final String CLOSING = "'\"`’”“»」』";
    private static final Pattern CODE = Pattern.compile("([\\w.-]{1,64}+)\\\\?+.(?:[\\p{Z}\\p{Cc},}\\])\\\\]|$)");

    /** A name whose quoted value stays, with all that stands before the quote of the value. */
    private static final Pattern KEY =
            Pattern.compile("(__type|type|code|status|reason|error)\\\\?+." + SPACE + ":" + SPACE + "\\\\?+");

    private final CharSequence text;
    private final Matcher words;
    private final Matcher numbers;
    private final StringBuilder out = new StringBuilder(LONGEST + 2);
    private int at;
    private int numberEnd;
    private int spaceFrom;
    private int unclosed;
    private int codeAt = -1;
    private int codeEnd = -1;

    private ErrorFingerprint(CharSequence text) {
        this.text = text;
        this.words = WORDS.matcher(text).useTransparentBounds(true);
        this.numbers = NUMBERS.matcher(text).useTransparentBounds(true);
    }

    /** The fingerprint, on one line and without lone surrogates; empty for nothing but white space. */
    public static String of(CharSequence text) {
        ErrorFingerprint made = new ErrorFingerprint(text);
        while (made.at < text.length() && made.out.length() < LONGEST) {
            made.step(text.charAt(made.at));
        }
        return cut(made.out, LONGEST);
    }

    /** The first units of a folded text, without half a surrogate pair or a space at their end. */
    static String cut(StringBuilder text, int longest) {
        int end = Math.min(text.length(), longest);
        end -= end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
        end -= end > 0 && text.charAt(end - 1) == ' ' ? 1 : 0;
        return text.substring(0, end);
    }

    /** Appends what stands at a place, white space and controls as one space, and says where the next stands. */
    static int copy(CharSequence text, int at, StringBuilder out) {
        int point = Character.codePointAt(text, at);
        if (isSpace(text, at)) {
            out.append(out.length() == 0 || out.charAt(out.length() - 1) == ' ' ? "" : " ");
        } else {
            out.appendCodePoint(Character.getType(point) == Character.SURROGATE ? 0xFFFD : point);
        }
        return at + Character.charCount(point);
    }

    private void step(char c) {
        int kind = OPENING.indexOf(c);
        if (at == codeEnd
                || isAt(at, "+-−") && isDigit(at + 1) && (isSpace(text, at - 1) || isAt(at - 1, "([{=:,<>"))) {
            at++;
        } else if (isWord(at)) {
            word(c);
        } else if (kind < 0 || !quoted(kind)) {
            at = copy(text, at, out);
        }
        spaceFrom = isSpace(text, at - 1) ? spaceFrom : at;
    }

    private void word(char c) {
        boolean begins = at == numberEnd || !isWord(at - 1);
        boolean afterNumber = isDigit(isAt(spaceFrom - 1, ",./-") ? spaceFrom - 2 : spaceFrom - 1);
        Matcher known = begins ? words : numbers;
        if ((begins || isDigit(at)) && known.region(at, text.length()).lookingAt()) {
            if (begins && (known.group(1) != null || known.group(5) != null && !afterNumber)) {
                out.append(text, at, known.end());
            } else if (begins && known.group(2) != null) {
                out.append(known.group(2)).append(known.group(3)).append(known.group(4) == null ? "" : ":#");
            } else {
                out.append('#');
            }
            at = known.end();
            numberEnd = at;
        } else {
            out.append(c);
            at++;
        }
    }

    /** Takes a quoted text where one begins. Where none ends, no later one of its kind does: that is looked for once. */
    private boolean quoted(int kind) {
        boolean escaped = isAt(at - 1, "\\");
        int before = escaped ? at - 2 : at - 1;
        int bit = 1 << 2 * kind + (escaped ? 1 : 0);
        boolean joined = kind == 0 && isJoined(before) && !(isAt(before, "b") && !isJoined(before - 1));
        int close = joined || (unclosed & bit) != 0 ? -1 : close(kind, escaped);
        if (close < 0) {
            unclosed |= joined ? 0 : bit;
            return false;
        }
        int end = escaped ? close - 1 : close;
        Matcher inner = (at == codeAt ? CODE : KEY).matcher(text).region(at + 1, text.length());
        boolean told = inner.lookingAt() && inner.end(1) == end;
        if (told && at == codeAt) {
            codeEnd = close;
            at++;
            return true;
        }
        codeAt = told ? inner.end() : -1;
        out.append('#');
        at = close + 1;
        return true;
    }

    private int close(int kind, boolean escaped) {
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ends = c == CLOSING.charAt(kind) && (!escaped || text.charAt(i - 1) == '\\');
            if (ends && !((c == '\'' || c == '’') && isJoined(i + 1))) {
                return i;
            }
            i += c == '\\' && !escaped ? 1 : 0;
        }
        return -1;
    }

    /** White space, a control, or beyond the text. */
    private static boolean isSpace(CharSequence text, int i) {
        char c = i >= 0 && i < text.length() ? text.charAt(i) : ' ';
        return c <= ' ' || c >= 0x7F && (Character.isISOControl(c) || Character.isSpaceChar(c));
    }

    private boolean isAt(int i, String some) {
        return i >= 0 && i < text.length() && some.indexOf(text.charAt(i)) >= 0;
    }

    private boolean isDigit(int i) {
        return i >= 0 && i < text.length() && Character.isDigit(text.charAt(i));
    }

    /** A letter of a script that sets words apart, or a digit. */
    private boolean isWord(int i) {
        return isDigit(i) || !isSpace(text, i) && text.charAt(i) < '\u2E80' && Character.isLetter(text.charAt(i));
    }

    /** Whether an apostrophe beside it is one of a word's. */
    private boolean isJoined(int i) {
        return isWord(i) || isAt(i, "#");
    }
}
