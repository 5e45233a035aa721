package dev.agora.platform.job.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The slots of an instance, each of which runs on a thread of its own. */
final class JobSlots {

	private final Supplier<JobSlot> creation;

	private final int number;

	private final List<JobSlot> slots = new ArrayList<>();

	private final List<Thread> threads = new ArrayList<>();

	/**
	 * Creates slots, which do not run yet.
	 * @param creation creates each slot
	 */
	JobSlots(int number, Supplier<JobSlot> creation) {
		this.number = number;
		this.creation = creation;
	}

	/** Lets the slots run. */
	synchronized void start() {
		for (int i = 0; i < this.number; i++) {
			JobSlot slot = this.creation.get();
			Thread thread = new Thread(slot, "jobs-" + i);
			thread.setDaemon(true);
			this.slots.add(slot);
			this.threads.add(thread);
			thread.start();
		}
	}

	/** Lets the slots end when their jobs have ended; returns their threads. */
	synchronized List<Thread> stop() {
		this.slots.forEach(JobSlot::stop);
		this.slots.clear();
		List<Thread> ending = List.copyOf(this.threads);
		this.threads.clear();
		return ending;
	}

	/** Whether the thread of a slot that should run has ended. */
	synchronized boolean isBroken() {
		return this.threads.stream().anyMatch((thread) -> !thread.isAlive());
	}

}
