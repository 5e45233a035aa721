package dev.agora.measure;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how experiments run, and where their pages are written. */
final class RunOptions {

	private static final Path PAGES = Path.of("docs/experiments");

	/** Not under version control, so that a trial never replaces a measurement. */
	private static final Path TRIALS = PAGES.resolve("trial");

	@Option(names = "--quick", description = "Take about a tenth of the time: a trial only.")
	private boolean quick;

	@Option(names = "--plant", description = "Plant the fault that the verdict must show.")
	private boolean planted;

	@Option(names = "--any-load", description = "Also run while other processes are busy: a trial only.")
	private boolean anyLoad;

	@Option(names = "--out", description = "Folder for the pages and the data: by default docs/experiments, and "
			+ "docs/experiments/trial for a trial or a planted fault.")
	private @Nullable Path out;

	boolean quick() {
		return this.quick;
	}

	boolean planted() {
		return this.planted;
	}

	boolean anyLoad() {
		return this.anyLoad;
	}

	/** Returns the folder for the pages of a run. */
	Path folder(boolean trial) {
		if (this.out != null) {
			return this.out;
		}
		return (trial || this.anyLoad) ? TRIALS : PAGES;
	}

}
