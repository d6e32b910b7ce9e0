package io.fusewire;

import io.fusewire.alert.Alert;
import io.fusewire.alert.Templates;
import io.fusewire.queue.Renderer;
import java.nio.file.Path;

/** Renders alerts by the templates of the jar and of the config folder. */
final class SinkMessages implements Renderer {
    private final Templates templates;

    SinkMessages(Settings settings) {
        this.templates =
                new Templates(Path.of(settings.get("fusewire.config-folder")), settings.get("langfuse.base-url"));
    }

    @Override
    public String render(String sink, String template, Alert alert) {
        return templates.render(sink, template, alert).toString();
    }
}
