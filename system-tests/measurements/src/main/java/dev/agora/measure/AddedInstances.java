package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Instances of a service that are added to the running system for a measurement, and are
 * removed on close, or if the program is interrupted.
 */
final class AddedInstances implements AutoCloseable {

	private final List<String> added = new ArrayList<>();

	private final ProcessControl control;

	private final ActionAtEnd end;

	private final RunningSystem system;

	/**
	 * Adds instances, one after the other, until the service has a number of them.
	 * @throws Problem if the service has more instances
	 */
	AddedInstances(RunningSystem before, String service, int number) throws IOException, InterruptedException {
		this.control = new ProcessControl(before);
		this.end = new ActionAtEnd(() -> this.control.sendAtEnd(this.added, "remove"));
		RunningSystem current = before.refreshed();
		Set<String> names = new TreeSet<>(current.instances(service).keySet());
		while (names.size() < number) {
			System.out.println("Starting instance " + (names.size() + 1) + " of " + service);
			this.control.send(service, "clone");
			current = before.refreshed();
			Set<String> all = new TreeSet<>(current.instances(service).keySet());
			this.added.addAll(all.stream().filter((name) -> !names.contains(name)).toList());
			names.addAll(all);
		}
		if (names.size() > number) {
			throw new Problem("This needs at most " + number + " instances of " + service + ": " + names);
		}
		this.system = current;
	}

	/** Returns the system with all instances. */
	RunningSystem system() {
		return this.system;
	}

	@Override
	public void close() {
		this.end.close();
	}

}
