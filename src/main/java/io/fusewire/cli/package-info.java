/**
 * The command line: a class for each command, and the rules' cases that {@code check} runs. {@link io.fusewire.Main}
 * chooses. A command prints to the stream that it is given, and its result is the process's exit code.
 */
package io.fusewire.cli;
