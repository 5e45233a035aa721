package dev.agora.measure;

import java.io.IOException;
import java.util.List;

/**
 * A service of the running system that is stopped for the time of a measurement, and is
 * started again even if the measurement is interrupted.
 */
final class StoppedService implements AutoCloseable {

	private final ActionAtEnd start;

	private final ProcessControl control;

	private final List<String> instances;

	StoppedService(RunningSystem system, String service) throws IOException, InterruptedException {
		this.control = new ProcessControl(system);
		this.instances = List.copyOf(system.instances(service).keySet());
		this.start = new ActionAtEnd(() -> this.control.sendAtEnd(this.instances, "start"));
		for (String instance : this.instances) {
			this.control.send(instance, "stop");
		}
	}

	/** Returns the names of the stopped instances. */
	List<String> instances() {
		return this.instances;
	}

	/** Starts the service again. */
	@Override
	public void close() {
		this.start.close();
	}

}
