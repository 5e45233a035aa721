package dev.agora.launcher.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Shows principles as experiments. */
@Command(name = "show",
		description = "Run experiments, each on a system of its own, and write a page with a chart of each. Give their "
				+ "names, or --all; --list lists them. Options: --quick, --out DIR, --plant (a fault that the verdict "
				+ "must show), --check (the quick form without and with that fault), --any-load, and --data DIR for a "
				+ "system that runs already.")
public final class Show implements Callable<Integer> {

	@Spec
	private @Nullable CommandSpec spec;

	/** The names and options, in their order: an option may have a value. */
	@Unmatched
	private List<String> arguments = new ArrayList<>();

	@Override
	public Integer call() throws IOException, InterruptedException {
		if (this.arguments.isEmpty() && this.spec != null) {
			throw new ParameterException(this.spec.commandLine(), "Name an experiment; show --list lists them.");
		}
		List<String> command = new ArrayList<>(List.of("show"));
		command.addAll(this.arguments);
		return MeasurementJar.run(command);
	}

}
