package dev.agora.console.action;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The last actions and what happened to processes, the newest first. */
public final class ActionLog {

	private static final int MAX_ENTRIES = 60;

	private static final int MAX_RUNNING = 8;

	/** A change within this time after an action on the process is its effect. */
	private static final Duration CAUSED = Duration.ofMinutes(1);

	private final List<LogEntry> entries = new ArrayList<>();

	private long next = 1;

	/** Logs the beginning of an action; empty if too many are running. */
	synchronized Optional<LogEntry> begin(Order order) {
		if (this.entries.stream().filter((entry) -> entry.state() == LogEntry.State.RUNNING).count() >= MAX_RUNNING) {
			return Optional.empty();
		}
		LogEntry entry = LogEntry.begin(this.next++, System.currentTimeMillis(), order);
		add(entry);
		return Optional.of(entry);
	}

	/**
	 * Logs something that has been done at once.
	 * @param text what was done
	 */
	public synchronized void note(String text) {
		add(text, "");
	}

	/**
	 * Logs what happened to a process, unless an action of this log has just caused it.
	 * @param process the name of the process
	 * @param what what happened, such as {@code has ended}
	 */
	public synchronized void observe(String process, String what) {
		long since = System.currentTimeMillis() - CAUSED.toMillis();
		if (this.entries.stream().noneMatch((entry) -> entry.target().equals(process) && entry.at() >= since)) {
			add(process + " " + what, process + " " + what);
		}
	}

	private void add(String text, String mark) {
		add(new LogEntry(this.next++, System.currentTimeMillis(), text, mark, "", LogEntry.State.DONE, "", null));
	}

	private void add(LogEntry entry) {
		this.entries.add(0, entry);
		if (this.entries.size() > MAX_ENTRIES) {
			this.entries.remove(MAX_ENTRIES);
		}
	}

	synchronized void change(long id, UnaryOperator<LogEntry> change) {
		this.entries.replaceAll((entry) -> (entry.id() == id) ? change.apply(entry) : entry);
	}

	/**
	 * Lists the last actions.
	 * @return the entries, the newest first
	 */
	public synchronized List<LogEntry> entries() {
		return List.copyOf(this.entries);
	}

}
