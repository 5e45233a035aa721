package dev.agora.launcher.load.imports;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Creates the progress bars of a load. */
public final class ProgressBars {

	private ProgressBars() {
	}

	/** Creates the bar of one kind of items. */
	public static ProgressBar create(String name, int items) {
		return new ProgressBarBuilder().setTaskName(String.format("%-9s", name))
			.setInitialMax(items)
			.setStyle(ProgressBarStyle.ASCII)
			.setUpdateIntervalMillis(500)
			.showSpeed()
			.build();
	}

}
