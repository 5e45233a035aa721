package dev.agora.graph.count;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.graph.tie.Tie;
import dev.agora.graph.tie.TieChange;
import dev.agora.graph.tie.TieKind;
import dev.agora.graph.tie.Ties;

/**
 * Compares the counts of a member with the ties, and corrects them. A comparison holds
 * only if the member's graph has not changed meanwhile and no tie waits to be counted.
 */
public final class Recount {

	private static final Logger log = LoggerFactory.getLogger(Recount.class);

	private final Ties ties;

	private final MemberGraphs graphs;

	private final TieWriter writer;

	private final Counter compared;

	private final Counter differences;

	/** The members whose counts could not be compared in one round. */
	private final Counter skipped;

	public Recount(Ties ties, MemberGraphs graphs, TieWriter writer, MeterRegistry meters) {
		this.ties = ties;
		this.graphs = graphs;
		this.writer = writer;
		this.compared = meters.counter("graph.recounts");
		this.differences = meters.counter("graph.recounts.differences");
		this.skipped = meters.counter("graph.recounts.skipped");
	}

	/** Finds ties that wait to be counted. */
	Flux<Tie> findWaiting(int limit) {
		return this.ties.findUncounted(limit);
	}

	/** Counts the ties that have waited to be counted for a while. */
	Mono<Void> count(List<Tie> waiting) {
		return this.writer.apply(waiting.stream().map((tie) -> TieChange.none(tie.owner(), tie.other())).toList());
	}

	/** Compares the counts of a member, a second time if they changed meanwhile. */
	Mono<Void> runTwice(String owner) {
		return run(owner).flatMap((compared) -> compared ? Mono.just(true) : run(owner))
			.doOnNext((compared) -> this.skipped.increment(compared ? 0 : 1))
			.doOnError((failure) -> this.skipped.increment())
			.then();
	}

	/**
	 * Compares the counts of a member, unless they change at the moment.
	 * @return whether they could be compared
	 */
	Mono<Boolean> run(String owner) {
		return this.graphs.find(owner)
			.flatMap(this::removeTokens)
			.flatMap((before) -> count(owner).flatMap((sizes) -> isUnchanged(before)
				.flatMap((unchanged) -> unchanged ? compare(before, sizes) : Mono.just(false))))
			.defaultIfEmpty(false);
	}

	/** Removes the tokens that a writer left when it died. */
	private Mono<MemberGraph> removeTokens(MemberGraph graph) {
		return graph.tokens().isEmpty() ? Mono.just(graph)
				: this.writer.apply(
						graph.tokens().keySet().stream().map((other) -> TieChange.none(graph.owner(), other)).toList())
					.then(Mono.defer(() -> this.graphs.find(graph.owner())));
	}

	private Mono<Map<TieKind, Long>> count(String owner) {
		return Flux.fromArray(TieKind.values())
			.concatMap((kind) -> this.ties.count(owner, kind).map((size) -> Map.entry(kind, size)))
			.collect(() -> new EnumMap<TieKind, Long>(TieKind.class),
					(sizes, size) -> sizes.put(size.getKey(), size.getValue()))
			.map((sizes) -> sizes);
	}

	private Mono<Boolean> isUnchanged(MemberGraph before) {
		return this.ties.hasUncounted(before.owner())
			.flatMap((waiting) -> this.graphs.find(before.owner())
				.map((after) -> !waiting && after.version() == before.version() && after.tokens().isEmpty()));
	}

	private Mono<Boolean> compare(MemberGraph graph, Map<TieKind, Long> sizes) {
		this.compared.increment();
		if (sizes.equals(graph.sizes())) {
			return Mono.just(true);
		}
		this.differences.increment();
		log.error("The counts of member {} were {} and are corrected to {}, the numbers of their ties.", graph.owner(),
				graph.sizes(), sizes);
		return this.writer.replace(graph.correct(sizes));
	}

}
