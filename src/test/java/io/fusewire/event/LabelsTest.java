package io.fusewire.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The labels' names are all listed: a silence may name each. */
class LabelsTest {
    @Test
    void all_names_every_label() {
        Set<Object> names = new TreeSet<>(Stream.of(Labels.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                .map(field -> {
                    try {
                        return field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList());
        names.remove(Labels.NONE);
        assertThat(Labels.ALL).hasSizeGreaterThan(16).isEqualTo(names);
    }
}
