package io.fusewire.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fenced blocks of a document, in their order. */
public final class CodeBlocks {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

    private CodeBlocks() {}

    public static List<String> of(String document, String language) throws IOException {
        List<String> found = new ArrayList<>();
        Matcher fence = FENCE.matcher(Files.readString(Path.of(document)));
        while (fence.find()) {
            if (fence.group(1).equals(language)) {
                found.add(fence.group(2).strip());
            }
        }
        return found;
    }
}
