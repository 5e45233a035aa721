package dev.agora.graph.count;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

import dev.agora.graph.tie.Tie;
import dev.agora.graph.tie.Ties;
import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.mongo.Lease;

/**
 * Recounts the members in the order of their ids, a few at a time and in one instance at
 * a time, and begins again after the last one. It also counts the ties whose writer died,
 * if their events do not arrive.
 */
public final class RecountSweep implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(RecountSweep.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(30));

	private static final String NAME = "recount";

	private static final int MAX_WAITING = 200;

	private final Recount recount;

	private final Ties ties;

	private final MemberGraphs graphs;

	private final RecountSettings settings;

	private final Lease lease;

	private final SweepPositions positions;

	/** The ties that waited to be counted at the last part. */
	private volatile Set<Tie> waiting = Set.of();

	private volatile Disposable sweeps = () -> {
	};

	public RecountSweep(Recount recount, Ties ties, MemberGraphs graphs, RecountSettings settings,
			SweepPositions positions) {
		this.recount = recount;
		this.ties = ties;
		this.graphs = graphs;
		this.settings = settings;
		this.positions = positions;
		this.lease = positions.lease("graph-recounts");
	}

	/** Starts once the indexes are built. */
	@EventListener(ApplicationReadyEvent.class)
	public void start() {
		this.sweeps = Flux.interval(this.settings.interval())
			.onBackpressureDrop()
			.concatMap((tick) -> sweep().onErrorResume(RecountSweep::report), 1)
			.subscribe();
	}

	/** Recounts the next members, if this instance holds the lease. */
	Mono<Void> sweep() {
		return this.lease.tryAcquire(this.settings.interval().multipliedBy(10))
			.filter(Boolean::booleanValue)
			.flatMap((held) -> countWaiting().onErrorResume(RecountSweep::report).then(Mono.defer(this::recountNext)));
	}

	/** Counts the ties that already waited in the same state at the last part. */
	private Mono<Void> countWaiting() {
		return this.ties.findUncounted(MAX_WAITING).collectList().flatMap((found) -> {
			List<Tie> stalled = found.stream().filter(this.waiting::contains).toList();
			this.waiting = found.stream().collect(Collectors.toSet());
			return this.recount.count(stalled).onErrorResume((failure) -> countEach(stalled));
		});
	}

	/** Counts one tie after another, so that none keeps the others from being counted. */
	private Mono<Void> countEach(List<Tie> stalled) {
		return Flux.fromIterable(stalled)
			.concatMap((tie) -> this.recount.count(List.of(tie)).onErrorResume(RecountSweep::report))
			.then();
	}

	private Mono<Void> recountNext() {
		return this.positions.find(NAME)
			.flatMap((position) -> this.graphs.owners(position, this.settings.members()).collectList())
			.flatMap((owners) -> Flux.fromIterable(owners)
				.concatMap((owner) -> this.recount.runTwice(owner).onErrorResume(RecountSweep::report))
				.then(Mono.defer(() -> this.positions.save(NAME, next(owners)))));
	}

	/** The position after some members: the beginning, if they are the last ones. */
	private String next(List<String> owners) {
		return (owners.size() < this.settings.members()) ? SweepPositions.BEGINNING : owners.get(owners.size() - 1);
	}

	private static Mono<Void> report(Throwable failure) {
		throttle.log("recount",
				(more) -> log.warn("Counts cannot be compared now ({} more since): {}", more, failure.toString()));
		return Mono.empty();
	}

	@Override
	public void close() {
		this.sweeps.dispose();
	}

}
