package dev.agora.launcher.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Shows a principle as an experiment on the running system. */
@Command(name = "show",
		description = "Show a principle as an experiment on the running system, with a chart of the result.")
public final class Show implements Callable<Integer> {

	private static final Map<String, String> EXPERIMENTS = new TreeMap<>(
			Map.of("cap", "what each level of consistency answers while a store is cut off, two minutes"));

	@Spec
	private @Nullable CommandSpec spec;

	@Parameters(arity = "0..1", paramLabel = "NAME", description = "The experiment; --list lists them.")
	private @Nullable String name;

	@Option(names = "--list", description = "List the experiments.")
	private boolean list;

	@Unmatched
	private List<String> options = new ArrayList<>();

	@Override
	public Integer call() throws IOException, InterruptedException {
		if (this.list) {
			EXPERIMENTS.forEach((experiment, text) -> System.out.println(experiment + ": " + text));
			return 0;
		}
		if (this.spec != null && (this.name == null || !EXPERIMENTS.containsKey(this.name))) {
			throw new ParameterException(this.spec.commandLine(), "Name an experiment: " + EXPERIMENTS.keySet() + ".");
		}
		List<String> arguments = new ArrayList<>(List.of(String.valueOf(this.name)));
		arguments.addAll(this.options);
		return MeasurementJar.run(arguments);
	}

}
