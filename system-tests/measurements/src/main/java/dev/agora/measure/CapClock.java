package dev.agora.measure;

import java.util.concurrent.atomic.AtomicBoolean;

/** The time of one part of the experiment, which its lanes share. */
final class CapClock {

	final String store;

	final long start = System.nanoTime();

	final AtomicBoolean ended = new AtomicBoolean();

	final AtomicBoolean writesPaused = new AtomicBoolean();

	CapClock(String store) {
		this.store = store;
	}

	double seconds() {
		return (System.nanoTime() - this.start) / 1e9;
	}

}
