package io.fusewire.harness.compare;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which gateway a name means: {@code fusewire}, {@code fusewire-pg}, either with {@code -cds}, {@code -10Mrows} or
 * {@code -256MiB} after it.
 *
 * @param shared on PostgreSQL
 * @param archived started with an archive of its classes
 * @param millions how many million events its store holds before it is measured
 * @param heapMiB the most heap that it may have
 */
record GatewayVariant(boolean shared, boolean archived, int millions, int heapMiB) {
    private static final Pattern NAME = Pattern.compile("fusewire(-pg)?(-cds)?(?:-(\\d+)Mrows)?(?:-(\\d+)MiB)?");
    private static final int USUAL_HEAP_MIB = 1024;

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static GatewayVariant of(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new IllegalArgumentException(name + " names no gateway");
        }
        return new GatewayVariant(
                parts.group(1) != null,
                parts.group(2) != null,
                number(parts.group(3), 0),
                number(parts.group(4), USUAL_HEAP_MIB));
    }

    private static int number(String text, int otherwise) {
        return text == null ? otherwise : Integer.parseInt(text);
    }
}
