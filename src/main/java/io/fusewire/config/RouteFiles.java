package io.fusewire.config;

import io.fusewire.text.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PackageScanResourceResolver;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * The route files and Kamelets in use: those in the jar, and those in the config folder, which add to them or replace one
 * by name.
 */
public final class RouteFiles {
    private static final List<String> FOLDERS = List.of("kamelets", "routes", "routes/rules", "routes/sinks");
    private static final String PACKED = "classpath:" + PropertyFile.PACKED;
    private static final String OWN = "file:";
    private static final Pattern ROUTES = Pattern.compile("\\.(camel\\.(yaml|xml)|java)$");
    private static final String KAMELET = ".kamelet.yaml";

    private final List<Resource> files = new ArrayList<>();

    /** @param mode how HTTP is served, which some of the files are for */
    public RouteFiles(CamelContext camel, Path configFolder, HttpMode mode) throws Exception {
        Map<String, String> locations = new TreeMap<>();
        for (String folder : FOLDERS) {
            packed(camel, folder, locations);
            own(configFolder, folder, locations);
        }
        locations.values().stream()
                .filter(mode::takes)
                .sorted(Comparator.comparing(location -> !isPacked(location)))
                .map(location -> resource(camel, location))
                .forEach(files::add);
    }

    /** A file of the engineer's as Camel reads it is the text that was looked at. */
    private static Resource resource(CamelContext camel, String location) {
        if (isPacked(location)) {
            return PluginHelper.getResourceLoader(camel).resolveResource(location);
        }
        Path file = Path.of(location.substring(OWN.length()));
        try {
            return ResourceHelper.fromString(location, TextFile.read(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read; may this user read it?", e);
        }
    }

    /** From a folder the scan also finds what lies deeper, from a jar it doesn't: so look. */
    private static void packed(CamelContext camel, String folder, Map<String, String> locations) throws Exception {
        PackageScanResourceResolver scan = PluginHelper.getPackageScanResourceResolver(camel);
        for (Resource found : scan.findResources(PACKED + folder + "/*.yaml")) {
            String location = found.getLocation();
            String name = folder + "/" + location.substring(location.lastIndexOf('/') + 1);
            if (isOfUse(name) && RouteFiles.class.getResource("/" + PropertyFile.PACKED + name) != null) {
                locations.put(name, PACKED + name);
            }
        }
    }

    private static void own(Path configFolder, String folder, Map<String, String> locations) throws IOException {
        Path place = configFolder.resolve(folder);
        if (Files.isDirectory(place)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(place, file -> isOfUse(file.toString()))) {
                found.forEach(file -> locations.put(folder + "/" + file.getFileName(), OWN + file));
            }
        }
    }

    private static boolean isOfUse(String name) {
        return ROUTES.matcher(name).find() || name.endsWith(KAMELET);
    }

    private static boolean isPacked(String location) {
        return location.startsWith(PACKED);
    }

    /** All of them, what is built in first. */
    public List<Resource> all() {
        return List.copyOf(files);
    }

    /** The texts of the route files by location, what is built in first. */
    public Map<String, String> texts() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Resource file : files) {
            if (ROUTES.matcher(file.getLocation()).find()) {
                try (InputStream in = file.getInputStream()) {
                    texts.put(file.getLocation(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return texts;
    }
}
