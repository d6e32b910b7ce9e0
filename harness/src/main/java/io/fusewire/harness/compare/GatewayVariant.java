package io.fusewire.harness.compare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which gateway a name means: {@code fusewire}, {@code fusewire-pg}, either with {@code -grouped}, {@code -cds},
 * {@code -10Mrows} or {@code -256MiB} after it, and at last {@code @} and the jar, where it is not the one that this project built.
 *
 * @param shared on PostgreSQL
 * @param grouped alerts of one cause join an incident, as they do by default; else each is posted, as by the other systems
 * @param archived started with an archive of its classes
 * @param millions how many million events its store holds before it is measured
 * @param heapMiB the most heap that it may have
 * @param jar a jar of any commit, with its {@code lib} folder beside it
 */
record GatewayVariant(
        boolean shared, boolean grouped, boolean archived, int millions, int heapMiB, Optional<Path> jar) {
    private static final Pattern NAME =
            Pattern.compile("fusewire(-pg)?(-grouped)?(-cds)?(?:-(\\d+)Mrows)?(?:-(\\d+)MiB)?(?:@(.+))?");
    private static final int USUAL_HEAP_MIB = 1024;

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** @throws IllegalArgumentException which says what is wrong with the name */
    static GatewayVariant of(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new IllegalArgumentException(name + " names no gateway");
        }
        Optional<Path> jar = Optional.ofNullable(parts.group(6)).map(GatewayVariant::jar);
        return new GatewayVariant(
                parts.group(1) != null,
                parts.group(2) != null,
                parts.group(3) != null,
                number(parts.group(4), 0),
                number(parts.group(5), USUAL_HEAP_MIB),
                jar);
    }

    private static Path jar(String path) {
        Path jar = Path.of(path).toAbsolutePath();
        if (!Files.isRegularFile(jar) || !Files.isDirectory(jar.resolveSibling("lib"))) {
            throw new IllegalArgumentException(jar + " is no jar that has its folder lib beside it");
        }
        return jar;
    }

    private static int number(String text, int otherwise) {
        return text == null ? otherwise : Integer.parseInt(text);
    }
}
