package io.fusewire.config;

import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.util.TimeUtils;

/**
 * {@code {{millis:{{name}}}}} in a route is the duration that the property {@code name} says, in milliseconds. Camel reads
 * the delays in the redelivery policy of an {@code onException} as numbers alone, and not before something has failed
 * ({@code ExceptionPolicy.createRedeliveryPolicy}). Found by Camel by its name. Thread-safe.
 */
public final class MillisFunction implements PropertiesFunction {
    @Override
    public String getName() {
        return "millis";
    }

    @Override
    public String apply(String duration) {
        return String.valueOf(TimeUtils.toMilliSeconds(duration));
    }
}
