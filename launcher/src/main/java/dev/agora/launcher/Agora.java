package dev.agora.launcher;

import java.util.Map;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.TypeConversionException;

import dev.agora.launcher.command.BuildImages;
import dev.agora.launcher.command.Control;
import dev.agora.launcher.command.Down;
import dev.agora.launcher.command.Logs;
import dev.agora.launcher.command.Restart;
import dev.agora.launcher.command.RotateKey;
import dev.agora.launcher.command.Status;
import dev.agora.launcher.command.Test;
import dev.agora.launcher.command.Up;
import dev.agora.launcher.command.management.Bake;
import dev.agora.launcher.command.management.DeadLetters;
import dev.agora.launcher.command.management.Jobs;
import dev.agora.launcher.command.management.Operators;
import dev.agora.launcher.command.trace.Trace;
import dev.agora.launcher.load.Load;
import dev.agora.launcher.local.ImageOptions;
import dev.agora.launcher.measure.ClusterCheck;
import dev.agora.launcher.measure.Measure;
import dev.agora.launcher.measure.Show;

/** Assembles the command line of {@code ./agora}. */
@Command(name = "agora", mixinStandardHelpOptions = true,
		version = { "Agora " + ImageOptions.TAG, "Java ${java.version}, ${java.home}" },
		description = "Run the whole of Agora on one machine.", synopsisSubcommandLabel = "COMMAND",
		subcommands = { Up.class, Status.class, Logs.class, Trace.class, Restart.class, Down.class, Load.class,
				Test.class, Measure.class, Show.class, ClusterCheck.class, BuildImages.class, DeadLetters.class,
				Jobs.class, Operators.class, Bake.class, RotateKey.class })
public final class Agora {

	private static final Map<String, String> CONTROLS = Map.of("stop",
			"Stop one process, or all of one kind; the other processes continue.", "kill",
			"Kill one process, or all of one kind, as a crash would.", "start",
			"Start one process that has ended, or all of one kind that have ended.", "pause",
			"Freeze one process, or all of one kind, which then do not respond.", "resume",
			"End the pause of one process, or of all of one kind.");

	/**
	 * Runs one command and ends the JVM with its exit status: 2 for wrong usage, 1 for a
	 * failure.
	 * @param arguments the command and its options
	 */
	public static void main(String[] arguments) {
		System.exit(commandLine().execute(arguments));
	}

	static CommandLine commandLine() {
		CommandLine line = new CommandLine(new Agora());
		CONTROLS.forEach((action, description) -> {
			CommandLine control = new CommandLine(new Control(action));
			control.getCommandSpec().usageMessage().description(description);
			line.addSubcommand(action, control);
		});
		line.getSubcommands().values().forEach((command) -> command.getCommandSpec().mixinStandardHelpOptions(true));
		line.setCaseInsensitiveEnumValuesAllowed(true);
		line.setParameterExceptionHandler(Agora::showUsage);
		line.setExecutionExceptionHandler(Agora::showProblem);
		return line;
	}

	private static int showUsage(CommandLine.ParameterException ex, String[] arguments) {
		CommandLine command = ex.getCommandLine();
		CommandLine.Help help = command.getHelp();
		String path = (ex.getCause() instanceof TypeConversionException) ? FailureMessage.ofPath(ex.getValue()) : null;
		command.getErr().println((path != null) ? path : ex.getMessage());
		command.getErr().print("Usage: " + help.synopsis("Usage: ".length()));
		command.getErr().println("All options: ./" + help.commandSpec().qualifiedName() + " --help");
		return CommandLine.ExitCode.USAGE;
	}

	private static int showProblem(Exception ex, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
		String message = FailureMessage.of(ex);
		if (message == null) {
			throw ex;
		}
		command.getErr().println(message);
		return CommandLine.ExitCode.SOFTWARE;
	}

}
