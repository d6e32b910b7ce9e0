package io.fusewire.message;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.internal.misc.Pair;
import net.thisptr.jackson.jq.internal.operators.MultiplyOperator;
import net.thisptr.jackson.jq.internal.tree.ArrayConstruction;
import net.thisptr.jackson.jq.internal.tree.TransformPipeComponent;

/** Puts each part of a compiled template under the {@link TemplateBounds}, once, when it is compiled. */
final class BoundedParts {
    private static final String PARTS = "net.thisptr.jackson.jq.internal.";

    private BoundedParts() {}

    /** A compiled template, under the bounds. Each run needs a scope of its own. */
    static Expression bounded(Expression template) {
        return TemplateBounds.wrapped((Expression) bounded((Object) template));
    }

    /** The part, wrapped where it is an expression, with bounded parts below it. */
    static Object bounded(Object part) {
        if (part instanceof List<?> list) {
            @SuppressWarnings("unchecked")
            List<Object> parts = (List<Object>) list;
            parts.replaceAll(BoundedParts::bounded);
            return parts;
        }
        if (part instanceof Pair<?, ?> pair) {
            return Pair.of(bounded(pair._1), bounded(pair._2));
        }
        if (part == null || !part.getClass().getName().startsWith(PARTS)) {
            return part;
        }
        for (Class<?> type = part.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                boundField(part, field);
            }
        }
        if (part instanceof ArrayConstruction array && array.q != null) {
            return TemplateBounds.wrapped(new ArrayConstruction(TemplateBounds.wrapped(array.q)));
        }
        if (part instanceof TransformPipeComponent step) {
            return new TransformPipeComponent(TemplateBounds.wrapped(step.expr));
        }
        if (part instanceof MultiplyOperator times) {
            return TemplateBounds.repetition(times);
        }
        return part instanceof Expression expression ? TemplateBounds.wrapped(expression) : part;
    }

    /** A final field keeps its part, whose own parts are bounded. */
    private static void boundField(Object owner, Field field) {
        if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
            return;
        }
        try {
            field.setAccessible(true);
            Object part = bounded(field.get(owner));
            if (!Modifier.isFinal(field.getModifiers())) {
                field.set(owner, part);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("jackson-jq is another than we know", e);
        }
    }
}
