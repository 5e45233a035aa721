package dev.agora.product.recount;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.schedule.LeasedSchedule;
import dev.agora.platform.schedule.LeasedSchedules;
import dev.agora.product.recount.RecountRequests.Request;

/**
 * Runs the requested recounts, in one instance at a time. A product that was just counted
 * waits, the longer the more reviews it has, so that it does not delay others.
 */
public final class RecountSweep {

	private final RecountRequests requests;

	private final Recount recount;

	private final RecountSettings settings;

	private final Timer timer;

	private final LeasedSchedule schedule;

	/** The end of the pause of each product that was counted, by its id. */
	private final Map<String, Long> pauses = new ConcurrentHashMap<>();

	/** The products that are being counted. Others do not wait for them. */
	private final Set<String> counting = ConcurrentHashMap.newKeySet();

	public RecountSweep(RecountRequests requests, Recount recount, RecountSettings settings, MeterRegistry meters,
			LeasedSchedules schedules) {
		this.requests = requests;
		this.recount = recount;
		this.settings = settings;
		this.timer = meters.timer("reviews.recounts");
		this.schedule = schedules.create("recounts", settings.interval())
			.repeatAll(Flux.defer(this::findDue), (due) -> due.flatMap(this::count, settings.concurrency(), 1));
	}

	/** Runs the requests that are due. */
	Mono<Void> sweep() {
		return findDue().flatMap(this::count, this.settings.concurrency()).then();
	}

	/** Finds the requests whose products neither wait nor are being counted. */
	private Flux<Request> findDue() {
		long now = System.nanoTime();
		this.pauses.values().removeIf((end) -> end - now <= 0);
		return this.requests.findAll()
			.filter((request) -> !this.pauses.containsKey(request.product())
					&& !this.counting.contains(request.product()));
	}

	private Mono<Void> count(Request request) {
		return Mono.defer(() -> this.counting.add(request.product()) ? run(request) : Mono.empty());
	}

	private Mono<Void> run(Request request) {
		long start = System.nanoTime();
		return this.recount.run(request)
			// The request stays, and is run again after a pause.
			.onErrorResume((failure) -> this.schedule.report(request.product(), failure))
			.doFinally((end) -> pause(request.product(), System.nanoTime() - start));
	}

	private void pause(String product, long nanos) {
		this.counting.remove(product);
		this.timer.record(Duration.ofNanos(nanos));
		long pause = Math.max(this.settings.interval().toNanos(), nanos * this.settings.pauseFactor());
		this.pauses.put(product, System.nanoTime() + pause);
	}

}
