package io.fusewire.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The route files in use: those in the jar, and those in the config folder, which add to them or replace one by name. */
public final class RouteFiles {
    private static final List<String> FOLDERS = List.of("routes", "routes/rules", "routes/sinks");
    private static final String SUFFIX = ".camel.yaml";

    private final CamelContext camel;
    private final Map<String, String> locations = new TreeMap<>();

    public RouteFiles(CamelContext camel, Path configFolder) throws Exception {
        this.camel = camel;
        for (String folder : FOLDERS) {
            for (Resource resource : PluginHelper.getPackageScanResourceResolver(camel)
                    .findResources("classpath:" + folder + "/*" + SUFFIX)) {
                addPacked(folder + "/" + fileName(resource.getLocation()));
            }
        }
        files(configFolder).forEach((name, file) -> locations.put(name, "file:" + file));
    }

    /** From a folder the scan also finds what lies deeper, from a jar it doesn't: so look. */
    private void addPacked(String name) {
        if (RouteFiles.class.getResource("/" + name) != null) {
            locations.put(name, "classpath:" + name);
        }
    }

    private static Map<String, Path> files(Path configFolder) throws IOException {
        Map<String, Path> found = new TreeMap<>();
        for (String folder : FOLDERS) {
            Path place = configFolder.resolve(folder);
            if (Files.isDirectory(place)) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(place, "*" + SUFFIX)) {
                    files.forEach(file -> found.put(folder + "/" + file.getFileName(), file));
                }
            }
        }
        return found;
    }

    /** What {@code camel.main.routes-include-pattern} takes. */
    public String pattern() {
        return String.join(",", locations.values());
    }

    /** By location, what is built in first. */
    public Map<String, String> texts() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String location : locations.values().stream()
                .sorted(Comparator.comparing(location -> !location.startsWith("classpath:")))
                .toList()) {
            try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(camel, location)) {
                texts.put(location, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    /** The texts of the config folder's alone, by location. */
    public static Map<String, String> own(Path configFolder) {
        Map<String, String> texts = new TreeMap<>();
        try {
            for (Path file : files(configFolder).values()) {
                texts.put("file:" + file, Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    private static String fileName(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
