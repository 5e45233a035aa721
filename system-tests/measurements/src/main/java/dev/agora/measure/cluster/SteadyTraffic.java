package dev.agora.measure.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/**
 * A load that does not wait for responses (open loop): the latency of a request counts
 * from the time when it was due. A signal to end stops it, and it waits for the
 * responses.
 */
final class SteadyTraffic {

	private static final Duration INTERVAL = Duration.ofSeconds(5);

	private static final Duration LAST_RESPONSES = Duration.ofSeconds(16);

	private final Traffic traffic;

	/** One party for the schedule, and one for each request in flight. */
	private final Phaser inFlight = new Phaser(1);

	private volatile boolean stopped;

	SteadyTraffic(Traffic traffic) {
		this.traffic = traffic;
	}

	/**
	 * Sends requests until the process is stopped.
	 * @param plan {@code SECONDS:RATE}, where a rate is in requests a second; the last
	 * rate has no end
	 */
	void run(List<String> plan) {
		Thread schedule = Thread.currentThread();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(schedule)));
		System.out.println("ready");
		Disposable lines = Flux.interval(INTERVAL)
			.subscribe((tick) -> System.out.println(this.traffic.report().line()));
		long due = System.nanoTime();
		for (int number = 0; number < plan.size(); number++) {
			long[] phase = List.of(plan.get(number).split(":")).stream().mapToLong(Long::parseLong).toArray();
			boolean last = number == plan.size() - 1;
			due = send(due, TimeUnit.SECONDS.toNanos(1) / phase[1],
					last ? Long.MAX_VALUE : due + TimeUnit.SECONDS.toNanos(phase[0]));
		}
		awaitResponses();
		lines.dispose();
		System.out.println(this.traffic.report().sum());
	}

	private long send(long first, long gap, long end) {
		long due = first;
		while (due < end && !this.stopped) {
			long wait = due - System.nanoTime();
			if (wait > 0) {
				LockSupport.parkNanos(wait);
				continue;
			}
			this.inFlight.register();
			this.traffic.send(due).doFinally((signal) -> this.inFlight.arriveAndDeregister()).subscribe();
			due += gap;
		}
		return due;
	}

	private void awaitResponses() {
		try {
			this.inFlight.awaitAdvanceInterruptibly(this.inFlight.arrive(), LAST_RESPONSES.toSeconds(),
					TimeUnit.SECONDS);
		}
		catch (TimeoutException | InterruptedException ex) {
			System.out.println("failure: " + this.inFlight.getUnarrivedParties() + " responses are missing");
		}
	}

	/** The JVM ends when this method returns, so that it waits for the last line. */
	private void stop(Thread schedule) {
		this.stopped = true;
		try {
			schedule.join(LAST_RESPONSES.plusSeconds(2).toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
