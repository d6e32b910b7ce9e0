package io.fusewire.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Shows the commands, or more of one. */
@Command(description = "Shows the commands, or more of one.")
final class HelpCommand extends GatewayCommand {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "Such as send, or dead-letters show.")
    private List<String> words = List.of();

    @Override
    public Integer call() {
        CommandLine command = spec.commandLine().getParent();
        for (String word : words) {
            CommandLine below = command.getSubcommands().get(word);
            if (below == null) {
                throw new UnmatchedArgumentException(command, List.of(word));
            }
            command = below;
        }
        command.usage(spec.commandLine().getOut());
        return 0;
    }
}
