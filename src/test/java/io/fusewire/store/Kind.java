package io.fusewire.store;

/** The databases that the store's tests run on. */
enum Kind {
    SQLITE,
    POSTGRESQL
}
