package dev.agora.console.scrape;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.console.management.ManagementClient;
import dev.agora.console.metric.Deltas;
import dev.agora.console.targets.Target;

/** Reads all processes. A process that does not respond delays no other. */
public final class Scraper {

	/** Readings that take longer are part of the next view. */
	private static final Duration WAIT = Duration.ofMillis(500);

	private final ManagementClient client;

	private final Map<String, Poll> polls = new ConcurrentHashMap<>();

	public Scraper(ManagementClient client) {
		this.client = client;
	}

	/**
	 * Begins a reading of each process, and waits for a moment.
	 * @param targets the processes
	 * @return what is known of each process then
	 */
	public Mono<List<Observation>> observe(List<Target> targets) {
		this.polls.keySet().retainAll(targets.stream().map(Target::name).toList());
		List<Mono<Void>> readings = targets.stream()
			.filter((target) -> target.isManaged() && target.isAlive())
			.map((target) -> begin(poll(target)))
			.toList();
		return Mono.firstWithSignal(Flux.merge(readings).then(), Mono.delay(WAIT).then())
			.then(Mono.fromSupplier(() -> targets.stream().map(this::observation).toList()));
	}

	/** The reading continues if nothing waits for it any more. */
	private static Mono<Void> begin(Poll poll) {
		Mono<Void> reading = poll.next().cache();
		Disposable unused = reading.subscribe();
		return reading;
	}

	private Poll poll(Target target) {
		return this.polls.compute(target.name(),
				(name, poll) -> (poll != null && poll.isOf(target)) ? poll : new Poll(target, this.client));
	}

	private Observation observation(Target target) {
		Poll poll = this.polls.get(target.name());
		if (target.isManaged() && poll != null && poll.isOf(target)) {
			return poll.observe(target);
		}
		return new Observation(target, health(target), Deltas.NONE, Map.of());
	}

	/** A store has no health of its own, so that the state of its process counts. */
	private static Health health(Target target) {
		return switch (target.state()) {
			case RUNNING -> Health.READY;
			case PAUSED -> Health.UNRESPONSIVE;
			case ENDED -> Health.DOWN;
		};
	}

	/**
	 * Combines what the gateways report of the instances.
	 * @param observations what is known of all processes
	 * @return the instances by host and port
	 */
	public static Map<String, Routed> routes(List<Observation> observations) {
		Map<String, Routed> routes = new TreeMap<>();
		observations
			.forEach((one) -> one.routed().forEach((address, routed) -> routes.merge(address, routed, Routed::plus)));
		return routes;
	}

}
