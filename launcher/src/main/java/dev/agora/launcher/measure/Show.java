package dev.agora.launcher.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Shows principles as experiments. */
@Command(name = "show",
		description = "Run experiments, each on a system of its own, and write a page with a chart of each. Give their "
				+ "names, or --all; --list lists them. Options: --quick, --plant (a fault that the verdict must show), "
				+ "--check (the quick form without and with that fault), and --any-load.")
public final class Show implements Callable<Integer> {

	@Spec
	private @Nullable CommandSpec spec;

	@Option(names = "--out", paramLabel = "DIR", description = "Folder for the pages.")
	private @Nullable Path out;

	@Option(names = "--data", paramLabel = "DIR", description = "Data directory of a system that runs already.")
	private @Nullable Path data;

	/** The names and the other options, in their order. */
	@Unmatched
	private List<String> arguments = new ArrayList<>();

	@Override
	public Integer call() throws IOException, InterruptedException {
		if (this.arguments.isEmpty() && this.spec != null) {
			throw new ParameterException(this.spec.commandLine(), "Name an experiment; show --list lists them.");
		}
		return MeasurementJar.run(command());
	}

	/** The measurements run in the folder of the project, not in that of the caller. */
	List<String> command() {
		List<String> command = new ArrayList<>(List.of("show"));
		command.addAll(this.arguments);
		addPath(command, "--out", this.out);
		addPath(command, "--data", this.data);
		return command;
	}

	private static void addPath(List<String> command, String option, @Nullable Path path) {
		if (path != null) {
			command.addAll(List.of(option, path.toAbsolutePath().toString()));
		}
	}

}
