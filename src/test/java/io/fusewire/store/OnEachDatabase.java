package io.fusewire.store;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs the tests of a class once for each kind of database; its {@link StoreFixture} lies in one of that kind. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ClassTemplate
@ExtendWith(OnEachDatabase.Kinds.class)
@interface OnEachDatabase {

    /** Says which kind it is this time. */
    final class Kinds implements ClassTemplateInvocationContextProvider {
        private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Kinds.class);

        /** The kind that the class of this test runs on. */
        static Kind of(ExtensionContext context) {
            return context.getStore(NAMESPACE).get(Kind.class, Kind.class);
        }

        @Override
        public boolean supportsClassTemplate(ExtensionContext context) {
            return true;
        }

        @Override
        public Stream<Invocation> provideClassTemplateInvocationContexts(ExtensionContext context) {
            return Stream.of(Kind.values()).map(Invocation::new);
        }

        private record Invocation(Kind kind) implements ClassTemplateInvocationContext {
            @Override
            public String getDisplayName(int index) {
                return kind.name();
            }

            @Override
            public void prepareInvocation(ExtensionContext context) {
                context.getStore(NAMESPACE).put(Kind.class, kind);
            }
        }
    }
}
