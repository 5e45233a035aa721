package dev.agora.measure;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

import dev.agora.measure.experiment.Check;
import dev.agora.measure.experiment.Conditions;
import dev.agora.measure.experiment.ExperimentFiles;
import dev.agora.measure.experiment.Findings;
import dev.agora.measure.experiment.Table;

/** Runs an experiment on a system, prints its findings, and writes its page. */
final class ExperimentRun {

	private final Experiment experiment;

	private final RunningSystem system;

	private final RunOptions options;

	ExperimentRun(Experiment experiment, RunningSystem system, RunOptions options) {
		this.experiment = experiment;
		this.system = system;
		this.options = options;
	}

	/**
	 * Runs the experiment.
	 * @param quick whether it is the short form
	 * @param planted whether the fault of its claim is planted
	 * @throws Problem if it cannot be measured, or if other processes are busy before it
	 * or while it runs
	 */
	Findings measure(boolean quick, boolean planted) throws IOException, InterruptedException {
		announce(planted);
		ForeignLoad load = new ForeignLoad(this.system, this.options.anyLoad());
		Conditions conditions = new Conditions(Instant.now().truncatedTo(ChronoUnit.SECONDS), load.requireQuiet(),
				this.system.commit(), quick, planted);
		load.start();
		Findings findings = this.experiment.run(new Experiment.Run(this.system, quick, planted));
		String during = load.requireQuietSinceStart();
		print(findings);
		ExperimentFiles files = new ExperimentFiles(this.options.folder(quick || planted));
		System.out.println("The chart is in "
				+ files.write(this.experiment.claim(), this.experiment.reading(), findings, conditions.and(during)));
		return findings;
	}

	private void announce(boolean planted) {
		System.out.printf("%n%s: %s%nIt would be refuted by: %s%n", this.experiment.claim().name(),
				this.experiment.claim().text(), this.experiment.claim().refutation());
		if (planted) {
			System.out.println("Planted: " + this.experiment.claim().fault() + ".");
		}
	}

	private static void print(Findings findings) {
		Stream.concat(findings.tables().stream().map(Table::markdown), findings.checks().stream().map(Check::line))
			.forEach(System.out::println);
		System.out.println(findings.verdict());
	}

}
