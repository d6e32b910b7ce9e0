package io.fusewire.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds values that can't be what their properties are for, before anything is loaded and wherever they come from: at the
 * start it is a slip, later it would be a day of refused webhooks or of redeliveries. A secret is never shown.
 */
public final class PropertyValues {
    private static final Pattern OURS = Pattern.compile("(fusewire|sinks|rules|langfuse|camel)\\..+");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\.\\.\\.|\u2026|<\\w[\\w -]*>");
    private static final Pattern OF_A_SERVICE = Pattern.compile("(tcp|udp|sctp)://.+");
    private static final String FILE = "-file";

    private final Settings settings;
    private final UnaryOperator<String> place;

    /** @param place where a property is set: {@code in /etc/fusewire/application.properties}, empty if that is not known */
    public PropertyValues(Settings settings, UnaryOperator<String> place) {
        this.settings = settings;
        this.place = place;
    }

    /**
     * One sentence for each value that is wrong, with the property and where it is set.
     *
     * @param looked which properties to look at
     */
    public List<String> faults(Predicate<String> looked) {
        Map<String, String> defaults = PropertyFile.packed("").entrySet().stream()
                .collect(Collectors.toMap(
                        one -> one.getKey().toString(), one -> one.getValue().toString()));
        Set<String> set = settings.keys();
        Set<String> names = new TreeSet<>(set);
        names.addAll(PropertyFile.listed());
        names.removeIf(name -> !OURS.matcher(name).matches() || name.contains("<") || !looked.test(name));
        List<String> faults = new ArrayList<>();
        names.stream()
                .map(name -> name.endsWith(FILE) ? name.substring(0, name.length() - FILE.length()) : name)
                .map(name -> name.replaceFirst("\\[\\d+]$", ""))
                .distinct()
                .forEach(name -> fault(name, set.contains(name), PropertyKind.of(name, defaults))
                        .ifPresent(faults::add));
        return faults;
    }

    private Optional<String> fault(String name, boolean set, Optional<PropertyKind> kind) {
        Optional<String> missing = set ? settings.missing(name) : Optional.empty();
        if (missing.isPresent()) {
            return Optional.of(name + " asks for {{" + missing.get() + "}}, which is not set" + place(name) + ".");
        }
        try {
            return settings.secret(name)
                    .flatMap(value -> kind.flatMap(one -> wrong(name, one, value)))
                    .map(wrong -> name + wrong + place(name) + ".");
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage() + (e.getMessage().matches("(?s).*[.?]") ? "" : "."));
        }
    }

    private static Optional<String> wrong(String name, PropertyKind kind, String value) {
        if (kind.isSecret() && PLACEHOLDER.matcher(value).find()) {
            return Optional.of(" is the documentation's placeholder; put your own there");
        }
        if (kind.holds().test(value)) {
            return Optional.empty();
        }
        boolean service = name.endsWith(".port") && OF_A_SERVICE.matcher(value).matches();
        return Optional.of((kind.isShown() ? kind.wrong().formatted(value) : kind.wrong())
                + (service
                        ? ", but what Kubernetes sets for a Service of that name: set enableServiceLinks: false"
                        : ""));
    }

    private String place(String name) {
        String where = place.apply(name);
        if (where.isEmpty() && settings.find(name + FILE).isPresent()) {
            where = "in " + settings.path(name + FILE);
        }
        return where.isEmpty() ? "" : " (set " + where + ")";
    }
}
