package dev.agora.platform.schedule;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.mongo.Lease;

/**
 * Repeats work in intervals while this instance holds the lease. A failure is logged and
 * ends nothing: the next interval repeats the work. An interval during which the work
 * still runs is left out. The lease is extended before each run, not during it.
 */
public final class LeasedSchedule {

	private static final Logger log = LoggerFactory.getLogger(LeasedSchedule.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(30));

	private static final Duration MIN_LEASE = Duration.ofSeconds(10);

	/** The lease outlasts a few intervals, so that it stays with one instance. */
	private static final int LEASED_INTERVALS = 4;

	/**
	 * An interval that waited behind a run would begin the next one without asking for
	 * the lease, which another instance may have taken meanwhile.
	 */
	private static final int NO_PREFETCH = 0;

	private final String name;

	private final Duration interval;

	private final Lease lease;

	private final List<Flux<Void>> work = new CopyOnWriteArrayList<>();

	private final Disposable.Composite running = Disposables.composite();

	LeasedSchedule(String name, Duration interval, Lease lease) {
		this.name = name;
		this.interval = interval;
		this.lease = lease;
	}

	/** Adds work that is repeated in the interval of the lease. */
	public LeasedSchedule repeat(Mono<Void> run) {
		return repeat(this.interval, run);
	}

	/** Adds work that is repeated in an interval of its own. */
	public LeasedSchedule repeat(Duration every, Mono<Void> run) {
		return add(ticks(every).concatMap((tick) -> acquire().flatMap((held) -> run.onErrorResume(this::report)),
				NO_PREFETCH));
	}

	/**
	 * Adds work that may still run while later intervals begin. Its failure ends all of
	 * it that still runs.
	 * @param find lists what is to be done, in each interval in which this instance holds
	 * the lease
	 * @param work does what was found in all intervals
	 */
	public <T> LeasedSchedule repeatAll(Flux<T> find, Function<Flux<T>, Flux<Void>> work) {
		return add(work.apply(ticks(this.interval)
			.concatMap((tick) -> acquire().flatMapMany((held) -> find.onErrorResume(this::report)), NO_PREFETCH)));
	}

	private static Flux<Long> ticks(Duration every) {
		return Flux.interval(every).onBackpressureDrop();
	}

	private LeasedSchedule add(Flux<Void> runs) {
		this.work.add(runs.onErrorResume(this::report).repeat());
		return this;
	}

	private Mono<Boolean> acquire() {
		Duration length = this.interval.multipliedBy(LEASED_INTERVALS);
		return this.lease.tryAcquire((length.compareTo(MIN_LEASE) > 0) ? length : MIN_LEASE)
			.filter(Boolean::booleanValue)
			.onErrorResume(this::report);
	}

	/**
	 * Logs the failure of a part of the work; the other parts continue.
	 * @param part the part, such as the id of a member
	 */
	public <T> Mono<T> report(String part, Throwable failure) {
		throttle.log(this.name,
				(more) -> log.warn("The schedule {} failed for {} and will be repeated ({} more failures): {}",
						this.name, part, more, failure.toString()));
		return Mono.empty();
	}

	private <T> Mono<T> report(Throwable failure) {
		return report("all its work", failure);
	}

	void start() {
		this.work.forEach((each) -> this.running.add(each.subscribe()));
	}

	void stop() {
		this.running.dispose();
	}

}
