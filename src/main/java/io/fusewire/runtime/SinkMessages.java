package io.fusewire.runtime;

import io.fusewire.config.Settings;
import io.fusewire.delivery.Renderer;
import io.fusewire.message.Alert;
import io.fusewire.message.Templates;
import java.nio.file.Path;
import java.util.Map;

/** Renders alerts by the templates of the jar and of the config folder. */
final class SinkMessages implements Renderer {
    private final Templates templates;

    /** @param bases the address of Langfuse's pages by source, where a source has one of its own */
    SinkMessages(Settings settings, Map<String, String> bases) {
        this.templates = new Templates(
                Path.of(settings.get("fusewire.config-folder")), settings.get("langfuse.base-url"), bases);
    }

    @Override
    public String render(String sink, String template, Alert alert) {
        return templates.render(sink, template, alert).toString();
    }
}
