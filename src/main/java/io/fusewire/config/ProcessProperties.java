package io.fusewire.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/**
 * What {@code -D} and the environment set. In Camel they go before everything, an override too; where a gateway has
 * overrides they must not, or a trial would open the store of the gateway that runs.
 */
public final class ProcessProperties {
    private static final Pattern LISTED = Pattern.compile("(?m)^#?([a-z][^\\s=<]+)\\s*=");

    private ProcessProperties() {}

    /** Puts the overrides first, and behind them what the process sets. */
    public static void behind(Map<String, String> overrides, Main main) {
        Map<String, String> all = new HashMap<>();
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.matches("(fusewire|sinks|rules|langfuse|camel)\\..+"))
                .forEach(name -> all.put(name, System.getProperty(name)));
        Matcher listed = LISTED.matcher(Packed.text());
        while (listed.find()) {
            String value = System.getenv(variable(listed.group(1)));
            if (value != null) {
                all.put(listed.group(1), value);
            }
        }
        all.putAll(overrides);
        all.put("camel.main.auto-configuration-environment-variables-enabled", "false");
        all.put("camel.main.auto-configuration-system-properties-enabled", "false");
        all.forEach(main::addOverrideProperty);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeInitialize(BaseMainSupport starting) {
                PropertiesComponent properties =
                        (PropertiesComponent) main.getCamelContext().getPropertiesComponent();
                properties.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_FALLBACK);
                properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
            }
        });
    }

    /** How the environment writes a property's name. */
    static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
