package io.fusewire.store;

import java.util.Collection;
import java.util.function.ToLongFunction;

/** Numbers for one statement about many rows, as the JSON that every database's statements take apart. */
final class JsonRows {
    private JsonRows() {}

    /** {@code [1,2,3]}. */
    static String ids(Collection<Long> ids) {
        StringBuilder json = new StringBuilder("[");
        ids.forEach(id -> separated(json).append(id));
        return json.append(']').toString();
    }

    /** {@code [[1,10],[2,20]]}. */
    static <T> String of(Collection<T> rows, ToLongFunction<T> first, ToLongFunction<T> second) {
        StringBuilder json = new StringBuilder("[");
        for (T row : rows) {
            separated(json)
                    .append('[')
                    .append(first.applyAsLong(row))
                    .append(',')
                    .append(second.applyAsLong(row))
                    .append(']');
        }
        return json.append(']').toString();
    }

    private static StringBuilder separated(StringBuilder json) {
        return json.length() > 1 ? json.append(',') : json;
    }
}
