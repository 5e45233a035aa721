package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.agora.measure.experiment.Claim;
import dev.agora.measure.experiment.Findings;

/** A principle of the system that can be shown by figures. */
interface Experiment {

	Claim claim();

	/**
	 * Returns the options of {@code ./agora up} that the experiment needs. The console
	 * reads the metrics of all instances, which takes a part of a small CPU quota.
	 */
	default List<String> options() {
		return List.of("--optimize", "--no-console");
	}

	/** Returns variables of the environment of a system of its own. */
	default Map<String, String> environment() {
		return Map.of();
	}

	/**
	 * Whether each run needs a new system, since the data of one would change the next.
	 */
	default boolean needsNewSystem() {
		return false;
	}

	/**
	 * Returns sentences that tell how to read the charts, for the page and the overview.
	 */
	default String reading() {
		return "";
	}

	Findings run(Run run) throws IOException, InterruptedException;

	/**
	 * A run of an experiment.
	 *
	 * @param system the running system
	 * @param quick whether the run is short, and its figures are a trial only
	 * @param planted whether the fault of the claim is planted
	 * @param logs the folder for the output of the processes that it starts, which is
	 * deleted if it succeeds
	 */
	record Run(RunningSystem system, boolean quick, boolean planted, Path logs) {

		/** Returns an empty set of processes. */
		Children children() throws IOException {
			return new Children(Files.createTempDirectory(this.logs, "processes"));
		}

		/** Returns a tenth of a number in the quick form, at least one. */
		int scaled(int number) {
			return this.quick ? Math.max(1, number / 10) : number;
		}

	}

}
