package dev.agora.console.targets;

/**
 * A process of the system.
 *
 * @param name the name of the instance, such as {@code feed-service-1}
 * @param service the name without the number of the instance
 * @param host the host at which it listens
 * @param port the port at which it serves
 * @param managementPort the port of its metrics and its health, 0 if it has none
 * @param run what changes when the process is started again
 * @param state whether the process runs, as far as the finder knows
 * @param version the version that it runs, empty if unknown
 * @param note a remark of the launcher, empty if there is none
 */
public record Target(String name, String service, String host, int port, int managementPort, String run, State state,
		String version, String note) {

	/** Whether the process has metrics and health. */
	public boolean isManaged() {
		return this.managementPort > 0;
	}

	/** Whether the process has not ended. */
	public boolean isAlive() {
		return this.state != State.ENDED;
	}

	/** The states of a process, as the operating system sees it. */
	public enum State {

		/** The process runs. */
		RUNNING,

		/** The process is paused, so that it does not respond. */
		PAUSED,

		/** The process has ended. */
		ENDED;

		static State of(boolean alive, boolean paused) {
			State running = paused ? PAUSED : RUNNING;
			return alive ? running : ENDED;
		}

	}

}
