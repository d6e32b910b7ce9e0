package io.fusewire.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What may be done to a text on its way to a sink. */
final class Texts {
    private static final String MORE = "…";

    private Texts() {}

    /** At most {@code longest} UTF-16 units; never splits an escape, a surrogate pair or a link. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Math.max(0, longest - MORE.length());
        end = backTo(text, end, '&', ';');
        end = backTo(text, end, '<', '>');
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + MORE;
    }

    /** Before the last opening sign, where its closing sign would be cut off. */
    private static int backTo(String text, int end, char open, char close) {
        int opened = text.lastIndexOf(open, end - 1);
        int closed = opened < 0 ? -1 : text.indexOf(close, opened);
        return opened >= 0 && closed >= end ? opened : end;
    }

    /** Without control characters (but line breaks and tabs), lone surrogates and marks that turn the writing around. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean lone = point >= 0xD800 && point <= 0xDFFF;
            boolean control = Character.isISOControl(point) && point != '\n' && point != '\t';
            boolean separator = point == 0x2028 || point == 0x2029;
            boolean turning = point >= 0x202A && point <= 0x202E || point >= 0x2066 && point <= 0x2069;
            clean.appendCodePoint(lone || control || separator || turning ? ' ' : point);
        });
        return clean.toString();
    }

    static String hashed(String prefix, String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return prefix + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
