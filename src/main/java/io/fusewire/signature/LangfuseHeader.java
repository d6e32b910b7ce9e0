package io.fusewire.signature;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a {@code t=…,v1=…} header that are looked at. Parts of other names are left for schemes to come.
 *
 * @param t the time of signing in unix seconds, as sent
 * @param candidates each {@code v1}, decoded: 32 bytes, 1 to 16 of them
 */
record LangfuseHeader(String t, List<byte[]> candidates) {
    private static final int MOST_CANDIDATES = 16;
    private static final Pattern SHA256_HEX = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    // Neighbouring pieces share no character, so that a hostile header costs one pass.
    private static final Pattern PART = Pattern.compile(" *([^ =]+)=([^ ]*) *");

    /** Empty where the header is malformed in any way; never throws. */
    static Optional<LangfuseHeader> parse(String header) {
        String t = null;
        List<byte[]> candidates = new ArrayList<>(1);
        for (String piece : header.split(",", -1)) {
            Matcher part = PART.matcher(piece);
            if (!part.matches()) {
                return Optional.empty();
            }
            String value = part.group(2);
            switch (part.group(1)) {
                case "t" -> {
                    if (t != null || !SECONDS.matcher(value).matches()) {
                        return Optional.empty();
                    }
                    t = value;
                }
                case "v1" -> {
                    if (candidates.size() == MOST_CANDIDATES || !isSha256Hex(value)) {
                        return Optional.empty();
                    }
                    candidates.add(HexFormat.of().parseHex(value));
                }
                default -> {}
            }
        }
        return t == null || candidates.isEmpty() ? Optional.empty() : Optional.of(new LangfuseHeader(t, candidates));
    }

    /** Whether the text is exactly 64 ASCII hex characters, of either case. */
    static boolean isSha256Hex(String text) {
        return SHA256_HEX.matcher(text).matches();
    }

    Instant signedAt() {
        return Instant.ofEpochSecond(Long.parseLong(t));
    }
}
