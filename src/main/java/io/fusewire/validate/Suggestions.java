package io.fusewire.validate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The word that was meant, most likely. */
public final class Suggestions {
    private static final int FAR = 3;

    private Suggestions() {}

    /** The nearest of these words; empty where there are none. */
    public static Optional<String> of(String word, Collection<String> words) {
        return words.stream().min(Comparator.comparingInt(known -> distance(word, known)));
    }

    /** The nearest of these words that is no more than three letters off, and of a short word no more than half. */
    public static Optional<String> near(String word, Collection<String> words) {
        int far = Math.min(FAR, (word.length() + 1) / 2);
        return of(word, words).filter(known -> distance(word, known) <= far);
    }

    /** The word of Camel's YAML that is no more than three letters off. Reads its schema, so for faults alone. */
    static Optional<String> ofYaml(String word) {
        Set<String> words = new TreeSet<>();
        for (JsonNode definition : SchemaValidator.read().path("items").path("definitions")) {
            definition.path("properties").fieldNames().forEachRemaining(words::add);
        }
        return near(word, words).filter(known -> !known.equals(word));
    }

    /** Levenshtein's edit distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
