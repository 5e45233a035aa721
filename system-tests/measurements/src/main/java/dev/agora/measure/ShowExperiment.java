package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.agora.measure.experiment.Findings;
import dev.agora.measure.experiment.Verdict;

/** Shows principles of the system as experiments, each with a verdict and a page. */
@Command(name = "show",
		description = "Run experiments, print their figures and verdicts, and write a page with the chart of each. "
				+ "Each uses the system that runs on --data, or else starts one of its own.")
final class ShowExperiment implements Callable<Integer> {

	@Parameters(arity = "0..*", paramLabel = "NAME", description = "The experiments; --list lists them.")
	private List<String> names = List.of();

	@Option(names = "--list", description = "List the experiments.")
	private boolean list;

	@Option(names = "--all", description = "Run all experiments.")
	private boolean all;

	@Mixin
	private RunOptions options = new RunOptions();

	@Option(names = "--check", description = "Run each experiment twice in its quick form, without and with its "
			+ "planted fault. The claim must hold the first time, and not the second time.")
	private boolean check;

	@Option(names = "--root", defaultValue = ".", description = "Folder of the project.")
	private Path root = Path.of(".");

	@Option(names = "--data", description = "Data directory of a running system, instead of one of its own.")
	private @Nullable Path data;

	@Override
	public Integer call() throws IOException, InterruptedException {
		if (this.list) {
			Experiments.ALL.forEach((experiment) -> System.out.println(experiment.claim().announcement()));
			return 0;
		}
		Map<String, Verdict> verdicts = new LinkedHashMap<>();
		for (Experiment experiment : selected()) {
			verdicts.put(experiment.claim().name(), attempt(experiment));
		}
		verdicts.forEach((name, verdict) -> System.out.println(name + ": " + verdict.text()));
		return verdicts.values().stream().allMatch(Verdict::isExpected) ? 0 : 1;
	}

	private List<Experiment> selected() {
		if (this.all) {
			return Experiments.ALL;
		}
		if (this.names.isEmpty()) {
			throw new Problem("Name an experiment, or use --all: " + Experiments.names());
		}
		return this.names.stream().map(Experiments::named).toList();
	}

	/**
	 * An experiment that cannot be measured does not prevent those after it: a store that
	 * it has cut, a tool that is missing and a request without a response end it with
	 * exceptions of the libraries, which have no common type.
	 */
	private Verdict attempt(Experiment experiment) throws InterruptedException {
		try {
			return run(experiment);
		}
		catch (Problem problem) {
			System.out.println(problem.getMessage());
			return Verdict.ofProblem(String.valueOf(problem.getMessage()));
		}
		catch (IOException | RuntimeException ex) {
			ex.printStackTrace(System.out);
			return Verdict.ofProblem(ex.toString());
		}
	}

	private Verdict run(Experiment experiment) throws IOException, InterruptedException {
		if (!this.check) {
			return Verdict.of(runs(experiment, List.of(this.options.planted())).get(0).hold(), this.options.planted());
		}
		boolean alone = experiment.needsNewSystem();
		List<Findings> findings = new ArrayList<>(runs(experiment, alone ? List.of(false) : List.of(false, true)));
		if (alone && findings.get(0).hold()) {
			findings.addAll(runs(experiment, List.of(true)));
		}
		return Verdict.ofCheck(findings.get(0).hold(), findings.get(findings.size() - 1).hold());
	}

	/**
	 * Runs an experiment on one system.
	 * @param planted whether the fault is planted, for each run
	 */
	private List<Findings> runs(Experiment experiment, List<Boolean> planted) throws IOException, InterruptedException {
		if (this.data != null) {
			return runs(experiment, planted, new RunningSystem(this.root, this.data));
		}
		try (OwnSystem own = new OwnSystem(this.root, experiment.options(), experiment.environment())) {
			return runs(experiment, planted, new RunningSystem(this.root, own.data()));
		}
	}

	private List<Findings> runs(Experiment experiment, List<Boolean> planted, RunningSystem system)
			throws IOException, InterruptedException {
		ExperimentRun run = new ExperimentRun(experiment, system, this.options);
		List<Findings> findings = new ArrayList<>();
		for (boolean isPlanted : planted) {
			Findings found = run.measure(this.check || this.options.quick(), isPlanted);
			findings.add(found);
			if (this.check && !found.hold()) {
				// A claim that does not hold cannot be turned.
				break;
			}
		}
		return findings;
	}

}
