package dev.agora.console.view;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.agora.console.action.ActionLog;
import dev.agora.console.scrape.Observation;
import dev.agora.console.targets.Target;

/**
 * Logs which processes have ended or started, so that the charts mark what a command, an
 * operator or a crash has done, too.
 */
public final class ProcessChanges {

	private static final String ENDED = "";

	private final ActionLog log;

	/** The run of each process at the last observation. */
	private Map<String, String> runs = Map.of();

	public ProcessChanges(ActionLog log) {
		this.log = log;
	}

	/**
	 * Compares an observation with the last one.
	 * @param observations what is known of all processes
	 */
	public synchronized void note(List<Observation> observations) {
		Map<String, String> now = new HashMap<>();
		observations.forEach((one) -> now.put(one.target().name(), run(one.target())));
		now.forEach((name, run) -> {
			String before = this.runs.getOrDefault(name, run);
			if (!before.equals(run)) {
				this.log.observe(name, change(before, run));
			}
		});
		this.runs = now;
	}

	private static String run(Target target) {
		return target.isAlive() ? target.run() : ENDED;
	}

	private static String change(String before, String now) {
		String started = before.equals(ENDED) ? "has started" : "has restarted";
		return now.equals(ENDED) ? "has ended" : started;
	}

}
