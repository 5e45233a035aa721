package dev.agora.measure.history;

/**
 * A time during which a process was stopped.
 *
 * @param process the name of the process
 * @param stopping when the stop was requested, in nanoseconds
 * @param stopped when the process had ended
 * @param starting when the start was requested
 * @param started when the process was ready again
 */
public record Outage(String process, long stopping, long stopped, long starting, long started) {

	/** Whether the process was unavailable during a whole read. */
	boolean contains(Read read) {
		return this.stopped <= read.start() && read.end() <= this.starting;
	}

	/** Whether the process was not ready at some time of a read. */
	public boolean touches(Read read) {
		return read.start() < this.started && this.stopping < read.end();
	}

}
