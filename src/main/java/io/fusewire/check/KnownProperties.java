package io.fusewire.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds properties of ours that nothing reads. Known are those that the packed application.properties lists (a line
 * {@code #name =} lists one without a default), those that a loaded route asks for, and each with {@code -file} behind.
 */
public final class KnownProperties {
    private static final Pattern OURS = Pattern.compile("(fusewire|sinks|rules)\\..+");
    private static final Pattern LISTED = Pattern.compile("(?m)^#?((?:fusewire|sinks|rules|langfuse)\\.[^\\s=]+)\\s*=");
    private static final Pattern ASKED_FOR = Pattern.compile("\\{\\{\\??((?:fusewire|sinks|rules)\\.[^}:]+)[:}]");
    private static final Pattern ADDRESS = Pattern.compile("(?s)uri: fusewire:deliveries/(\\S+).*?address: (\\S+)");

    private final Set<String> known = new TreeSet<>();

    /**
     * @param packed the text of the packed application.properties
     * @param routes the texts of all route files in use
     */
    public KnownProperties(String packed, Collection<String> routes) {
        Matcher listed = LISTED.matcher(packed);
        while (listed.find()) {
            known.add(listed.group(1));
        }
        for (String route : routes) {
            Matcher asked = ASKED_FOR.matcher(route);
            while (asked.find()) {
                known.add(asked.group(1));
            }
            Matcher address = ADDRESS.matcher(route);
            while (address.find()) {
                known.add("sinks." + address.group(1) + "." + address.group(2));
                known.add("fusewire.sources.<name>." + address.group(1) + "-" + address.group(2));
            }
        }
    }

    /** One sentence for each property that isn't known, with the nearest that is. */
    public List<String> faults(Collection<String> keys) {
        List<String> faults = new ArrayList<>();
        for (String key : new TreeSet<>(keys)) {
            if (OURS.matcher(key).matches() && !isKnown(key)) {
                faults.add("There is no property '" + key + "'; did you mean '"
                        + Nearest.of(key, known).orElse("") + "'?");
            }
        }
        return faults;
    }

    private boolean isKnown(String key) {
        String plain = key.endsWith("-file") ? key.substring(0, key.length() - "-file".length()) : key;
        String unnamed = plain.replaceFirst("^fusewire\\.sources\\.[a-z0-9][a-z0-9-]*\\.", "fusewire.sources.<name>.");
        String ofPoll = plain.replaceFirst("^fusewire\\.poll\\.[a-z0-9][a-z0-9-]*\\.", "fusewire.poll.<name>.");
        return known.contains(key)
                || known.contains(plain)
                || known.contains(unnamed)
                || known.contains(ofPoll)
                || known.contains(ofPoll.replace(".<name>", ""));
    }
}
