package dev.agora.measure;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import reactor.core.publisher.Mono;

/**
 * The requests of clients around the kill of an instance.
 *
 * @param timeline the requests around the kill
 * @param killed when it was killed, in seconds since the start
 */
record KilledInstance(LoadTimeline timeline, double killed) {

	private static final double NOTICED_MILLIS = 250;

	/**
	 * Kills an instance in the middle of a load, and starts it again.
	 * @param name its name
	 * @param load the load
	 */
	static KilledInstance observe(RunningSystem system, String name, Load load)
			throws IOException, InterruptedException {
		ProcessControl control = new ProcessControl(system);
		long start = System.nanoTime();
		CompletableFuture<LoadTimeline> timeline = CompletableFuture
			.supplyAsync(() -> LoadTimeline.run(load.perSecond(), load.seconds(), load.request()));
		TimeUnit.SECONDS.sleep(load.seconds() / 3);
		double killed = (System.nanoTime() - start) / 1e9;
		control.send(name, "kill");
		if (load.restarted()) {
			control.send(name, "start");
		}
		LoadTimeline whole = timeline.join();
		if (!load.restarted()) {
			control.send(name, "start");
		}
		return new KilledInstance(whole, killed);
	}

	LoadTimeline after() {
		return this.timeline.between(this.killed, Double.MAX_VALUE);
	}

	LoadTimeline before() {
		return this.timeline.between(0, this.killed);
	}

	/**
	 * Returns how long the 99th percentile of the latency may be after the kill in ms:
	 * twice that before it, which clients notice only from a quarter of a second on.
	 */
	double lateMillis() {
		return Math.max(NOTICED_MILLIS, 2 * before().millis(99));
	}

	/**
	 * Returns the seconds from the kill to the end of the last half second that had a
	 * failed request or was slow.
	 */
	double secondsToRecover() {
		return Math.max(0, after().lastTrouble(lateMillis()) - this.killed);
	}

	/** Returns the cells of a row of a table. */
	List<String> cells() {
		return List.of("%d of %d".formatted(after().failed(), after().requests().size()), after().failures().toString(),
				"%.1f".formatted(before().millis(99)), "%.1f".formatted(after().millis(99)),
				"%.1f".formatted(lateMillis()), "%.2f".formatted(secondsToRecover()));
	}

	/**
	 * A load during which an instance is killed.
	 *
	 * @param perSecond the requests a second
	 * @param seconds the duration; the kill is after a third of it
	 * @param restarted whether the instance is started again at once, not after the load
	 * @param request sends a request
	 */
	record Load(int perSecond, int seconds, boolean restarted, Supplier<Mono<String>> request) {
	}

}
