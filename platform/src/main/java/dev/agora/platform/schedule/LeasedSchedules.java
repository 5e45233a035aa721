package dev.agora.platform.schedule;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

import dev.agora.platform.document.DocumentStore;

/**
 * Creates the schedules of a service. They run from the time when the service is ready,
 * with its indexes, until it ends.
 */
public final class LeasedSchedules implements AutoCloseable {

	private final List<LeasedSchedule> all = new CopyOnWriteArrayList<>();

	private final DocumentStore store;

	public LeasedSchedules(DocumentStore store) {
		this.store = store;
	}

	/**
	 * Creates a schedule with a lease of its own.
	 * @param name the name of the lease, the same in all instances
	 * @param interval the time between two runs of its work
	 */
	public LeasedSchedule create(String name, Duration interval) {
		LeasedSchedule schedule = new LeasedSchedule(name, interval, this.store.lease(name));
		this.all.add(schedule);
		return schedule;
	}

	@EventListener(ApplicationReadyEvent.class)
	public void start() {
		this.all.forEach(LeasedSchedule::start);
	}

	@Override
	public void close() {
		this.all.forEach(LeasedSchedule::stop);
	}

}
