package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.agora.measure.experiment.Check;
import dev.agora.measure.experiment.Conditions;
import dev.agora.measure.experiment.ExperimentPage;
import dev.agora.measure.experiment.Findings;
import dev.agora.measure.experiment.Table;

/** Shows principles of the system as experiments, each with a verdict and a page. */
@Command(name = "show",
		description = "Run an experiment, print its figures and verdict, and write a page with its chart. "
				+ "It uses the system that runs on --data, or else starts one of its own.")
final class ShowExperiment implements Callable<Integer> {

	private static final List<Experiment> EXPERIMENTS = List.of(new CapExperiment(), new CacheExperiment(),
			new ClonesExperiment(), new LatencyExperiment(), new PushPullExperiment(), new RedundancyExperiment(),
			new StampedeExperiment(), new UnequalExperiment());

	@Parameters(arity = "0..*", paramLabel = "NAME", description = "The experiments; --list lists them.")
	private List<String> names = List.of();

	@Option(names = "--list", description = "List the experiments.")
	private boolean list;

	@Option(names = "--all", description = "Run all experiments.")
	private boolean all;

	@Option(names = "--quick", description = "Take about a tenth of the time: a trial only.")
	private boolean quick;

	@Option(names = "--plant", description = "Plant the fault that the verdict must show.")
	private boolean planted;

	@Option(names = "--any-load", description = "Also run while other processes are busy: a trial only.")
	private boolean anyLoad;

	@Option(names = "--out", defaultValue = "docs/experiments", description = "Folder for the pages and the data.")
	private Path out = Path.of("docs/experiments");

	@Option(names = "--root", defaultValue = ".", description = "Folder of the project.")
	private Path root = Path.of(".");

	@Option(names = "--data", description = "Data directory of a running system, instead of one of its own.")
	private @Nullable Path data;

	@Override
	public Integer call() throws IOException, InterruptedException {
		if (this.list) {
			EXPERIMENTS.forEach((experiment) -> System.out.println(experiment.claim().line()));
			return 0;
		}
		Map<String, Boolean> verdicts = new LinkedHashMap<>();
		for (Experiment experiment : selected()) {
			verdicts.put(experiment.claim().name(), run(experiment));
		}
		verdicts.forEach((name, holds) -> System.out.println(name + ": " + (holds ? "holds" : "does not hold")));
		return verdicts.containsValue(false) ? 1 : 0;
	}

	private List<Experiment> selected() {
		if (this.all) {
			return EXPERIMENTS;
		}
		List<Experiment> selected = this.names.stream().map(ShowExperiment::named).toList();
		if (selected.isEmpty()) {
			throw new Problem("Name an experiment, or use --all: " + known());
		}
		return selected;
	}

	private static Experiment named(String name) {
		return EXPERIMENTS.stream()
			.filter((experiment) -> experiment.claim().name().equals(name))
			.findFirst()
			.orElseThrow(() -> new Problem("There is no experiment " + name + ": " + known()));
	}

	private static List<String> known() {
		return EXPERIMENTS.stream().map((experiment) -> experiment.claim().name()).toList();
	}

	private boolean run(Experiment experiment) throws IOException, InterruptedException {
		if (this.data != null) {
			return run(experiment, new RunningSystem(this.root, this.data));
		}
		try (OwnSystem own = new OwnSystem(this.root, experiment.options())) {
			return run(experiment, new RunningSystem(this.root, own.data()));
		}
	}

	private boolean run(Experiment experiment, RunningSystem system) throws IOException, InterruptedException {
		System.out.printf("%s%nWhat would prove it wrong: %s%n", experiment.claim().text(),
				experiment.claim().refutation());
		if (this.planted) {
			System.out.println("Planted: " + experiment.claim().fault() + ".");
		}
		ForeignLoad load = new ForeignLoad(system, this.anyLoad);
		Conditions conditions = new Conditions(Instant.now().truncatedTo(ChronoUnit.SECONDS), load.requireQuiet(),
				this.quick, this.planted);
		Findings findings = experiment.run(new Experiment.Run(system, this.quick, this.planted));
		load.requireQuiet();
		print(findings);
		write(experiment, findings, conditions);
		return findings.hold();
	}

	private static void print(Findings findings) {
		Stream.concat(findings.tables().stream().map(Table::markdown), findings.checks().stream().map(Check::line))
			.forEach(System.out::println);
		System.out.println(findings.verdict());
	}

	private void write(Experiment experiment, Findings findings, Conditions conditions) throws IOException {
		Path folder = Files.createDirectories(this.out);
		Path page = folder.resolve(experiment.claim().name() + ".html");
		Files.writeString(page, ExperimentPage.html(experiment.claim(), findings, conditions));
		Files.writeString(folder.resolve(experiment.claim().name() + ".json"),
				ExperimentPage.json(experiment.claim(), findings, conditions));
		System.out.println("The chart is in " + page);
	}

}
