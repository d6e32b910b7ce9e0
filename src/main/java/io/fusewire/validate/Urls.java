package io.fusewire.validate;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds addresses of sinks that are no URL: at the start they are a slip, later they would be a day of redeliveries. */
public final class Urls {
    private static final Pattern ADDRESS = Pattern.compile("(sinks|fusewire\\.sources)\\..+[.-]url");

    private Urls() {}

    /** One sentence for each; without the value, which may be a secret. */
    public static List<String> faults(Properties properties) {
        List<String> faults = new ArrayList<>();
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            String value = properties.getProperty(key).strip();
            if (ADDRESS.matcher(key).matches() && !value.isEmpty() && !isWeb(value)) {
                faults.add(key + " is not an http or https URL.");
            }
        }
        return faults;
    }

    private static boolean isWeb(String text) {
        try {
            URI url = new URI(text);
            boolean scheme = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            return scheme && url.getHost() != null && url.getPort() <= 65_535;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
