package dev.agora.product.recount;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.mongo.Lease;
import dev.agora.product.recount.RecountRequests.Request;

/**
 * Runs the requested recounts, in one instance at a time. A product that was just counted
 * waits, the longer the more reviews it has, so that it does not delay others.
 */
public final class RecountSweep implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(RecountSweep.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(30));

	private final RecountRequests requests;

	private final Recount recount;

	private final RecountSettings settings;

	private final Lease lease;

	private final Timer timer;

	/** The end of the pause of each product that was counted, by its id. */
	private final Map<String, Long> pauses = new ConcurrentHashMap<>();

	/** The products that are being counted. Others do not wait for them. */
	private final Set<String> counting = ConcurrentHashMap.newKeySet();

	private volatile Disposable sweeps = () -> {
	};

	public RecountSweep(RecountRequests requests, Recount recount, RecountSettings settings, DocumentStore store,
			MeterRegistry meters) {
		this.requests = requests;
		this.recount = recount;
		this.settings = settings;
		this.lease = store.lease("recounts");
		this.timer = meters.timer("reviews.recounts");
	}

	/** Starts once the indexes are built. */
	@EventListener(ApplicationReadyEvent.class)
	public void start() {
		this.sweeps = Flux.interval(this.settings.interval())
			.onBackpressureDrop()
			.concatMap((tick) -> findDue().onErrorResume((failure) -> report(failure).cast(Request.class)), 1)
			.flatMap(this::count, this.settings.concurrency(), 1)
			.subscribe();
	}

	/** Runs the requests that are due. */
	Mono<Void> sweep() {
		return findDue().flatMap(this::count, this.settings.concurrency()).then();
	}

	/**
	 * Finds the requests whose products neither wait nor are being counted, if this
	 * instance holds the lease.
	 */
	private Flux<Request> findDue() {
		long now = System.nanoTime();
		this.pauses.values().removeIf((end) -> end - now <= 0);
		return this.lease.tryAcquire(this.settings.interval().multipliedBy(10))
			.filter(Boolean::booleanValue)
			.flatMapMany((held) -> this.requests.findAll())
			.filter((request) -> !this.pauses.containsKey(request.product())
					&& !this.counting.contains(request.product()));
	}

	private Mono<Void> count(Request request) {
		return Mono.defer(() -> this.counting.add(request.product()) ? run(request) : Mono.empty());
	}

	private Mono<Void> run(Request request) {
		long start = System.nanoTime();
		return this.recount.run(request)
			.onErrorResume(RecountSweep::report)
			.doFinally((end) -> pause(request.product(), System.nanoTime() - start));
	}

	private void pause(String product, long nanos) {
		this.counting.remove(product);
		this.timer.record(Duration.ofNanos(nanos));
		long pause = Math.max(this.settings.interval().toNanos(), nanos * this.settings.pauseFactor());
		this.pauses.put(product, System.nanoTime() + pause);
	}

	/** A request that failed stays, and is run again after a pause. */
	private static Mono<Void> report(Throwable failure) {
		throttle.log("recount",
				(more) -> log.warn("Reviews cannot be counted now ({} more since): {}", more, failure.toString()));
		return Mono.empty();
	}

	@Override
	public void close() {
		this.sweeps.dispose();
	}

}
