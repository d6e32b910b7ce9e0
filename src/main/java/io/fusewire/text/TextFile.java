package io.fusewire.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that somebody wrote: UTF-8, with or without a byte order mark, whose length is bounded. */
public final class TextFile {
    private static final int LARGEST_MIB = 8;
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private TextFile() {}

    /**
     * The text, without its byte order mark.
     *
     * @throws IllegalArgumentException in one sentence with file and line, when it is no text in UTF-8, or too large
     * @throws IOException when it isn't there, is a folder, or may not be read
     */
    public static String read(Path file) throws IOException {
        String place = file.toAbsolutePath().normalize().toString();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((LARGEST_MIB << 20) + 1);
            if (bytes.length > LARGEST_MIB << 20) {
                throw new IllegalArgumentException(
                        place + " is larger than " + LARGEST_MIB + " MiB; is it the right file?");
            }
            return decode(place, bytes);
        }
    }

    private static String decode(String place, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        // A decoder of its own, which reports what it can't read.
        if (StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError()) {
            throw refused(place, bytes, in.position());
        }
        String text = out.flip().toString();
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw refused(place, bytes, text.substring(0, nul).getBytes(StandardCharsets.UTF_8).length);
        }
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static IllegalArgumentException refused(String place, byte[] bytes, int at) {
        int line = 1;
        for (int i = 0; i < at; i++) {
            // Line ends are \n, \r\n or \r.
            line += bytes[i] == '\n' || bytes[i] == '\r' && (i + 1 == at || bytes[i + 1] != '\n') ? 1 : 0;
        }
        return new IllegalArgumentException(place + ", line " + line + ": this is not UTF-8; save the file as UTF-8.");
    }
}
