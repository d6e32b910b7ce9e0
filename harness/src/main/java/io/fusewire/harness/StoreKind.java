package io.fusewire.harness;

/** The databases that a scenario is run on. */
enum StoreKind {
    SQLITE,
    POSTGRESQL;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
