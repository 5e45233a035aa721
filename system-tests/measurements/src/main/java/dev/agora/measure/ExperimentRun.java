package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;

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
	 * Runs the experiment on the system as it is now: an earlier run may have started
	 * processes again.
	 * @param quick whether it is the short form
	 * @param planted whether the fault of its claim is planted
	 * @throws Problem if it cannot be measured, or if other processes are busy before it
	 * or while it runs
	 */
	Findings measure(boolean quick, boolean planted) throws IOException, InterruptedException {
		announce(planted);
		RunningSystem current = this.system.refreshed();
		ForeignLoad load = new ForeignLoad(current, this.options.anyLoad());
		Conditions conditions = new Conditions(Instant.now().truncatedTo(ChronoUnit.SECONDS), load.requireQuiet(),
				current.commit(), quick, planted);
		Path logs = Files.createTempDirectory("agora-show");
		System.out.println("The output of its processes is in " + logs);
		load.start();
		Findings findings = this.experiment.run(new Experiment.Run(current, quick, planted, logs));
		String during = load.requireQuietSinceStart();
		FileSystemUtils.deleteRecursively(logs);
		print(findings);
		ExperimentFiles files = new ExperimentFiles(this.options.folder(quick || planted));
		System.out.println("The chart is in "
				+ files.write(this.experiment.claim(), this.experiment.reading(), findings, conditions.and(during)));
		return findings;
	}

	private void announce(boolean planted) {
		System.out.printf("%n%s%n%s%n", this.experiment.claim().announcement(),
				planted ? "The fault is planted, so the claim must not hold." : "The fault is not planted.");
	}

	private static void print(Findings findings) {
		Stream.concat(findings.tables().stream().map(Table::markdown), findings.checks().stream().map(Check::line))
			.forEach(System.out::println);
		System.out.println(findings.verdict());
	}

}
