package dev.agora.launcher.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Shows principles as experiments. */
@Command(name = "show",
		description = "Run an experiment on a system of its own, and write a page with a chart of the result. "
				+ "Options: --quick, --out DIR, --plant (a fault that the verdict must show), --any-load, and --data DIR "
				+ "for a system that runs already.")
public final class Show implements Callable<Integer> {

	private static final List<String> EXPERIMENTS = List.of("cache", "cap", "clones", "latency", "push-pull",
			"redundancy", "stampede", "unequal");

	@Spec
	private @Nullable CommandSpec spec;

	@Parameters(arity = "0..1", paramLabel = "NAME", description = "The experiment; --list lists them.")
	private @Nullable String name;

	@Option(names = "--list", description = "List the experiments with their claims.")
	private boolean list;

	@Option(names = "--all", description = "Run all experiments.")
	private boolean all;

	@Unmatched
	private List<String> options = new ArrayList<>();

	@Override
	public Integer call() throws IOException, InterruptedException {
		List<String> arguments = new ArrayList<>(List.of("show", choice()));
		arguments.addAll(this.options);
		return MeasurementJar.run(arguments);
	}

	private String choice() {
		if (this.list) {
			return "--list";
		}
		if (this.all) {
			return "--all";
		}
		if (this.spec != null && (this.name == null || !EXPERIMENTS.contains(this.name))) {
			throw new ParameterException(this.spec.commandLine(), "Name an experiment: " + EXPERIMENTS + ".");
		}
		return String.valueOf(this.name);
	}

}
