package dev.agora.graph.consistency;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import dev.agora.graph.tie.Tie;
import dev.agora.graph.tie.TieChange;
import dev.agora.graph.tie.TieSide;
import dev.agora.graph.tie.Ties;

/** Whether both ties of an edge show its writes, and the counts of both members too. */
final class TieCheck {

	private final Ties ties;

	private final TieSide from;

	private final TieSide to;

	/**
	 * Creates the check of one kind of edges.
	 * @param from the side of the member whose edge it is
	 * @param to the side of the other member
	 */
	TieCheck(Ties ties, TieSide from, TieSide to) {
		this.ties = ties;
		this.from = from;
		this.to = to;
	}

	/**
	 * Whether the versions of edges are applied.
	 * @param versions the versions by {@code <from>:<to>}
	 */
	Mono<Boolean> hasApplied(Map<String, Long> versions) {
		List<TieChange> both = versions.keySet()
			.stream()
			.flatMap((edge) -> Stream.of(TieChange.none(fromOf(edge), toOf(edge)),
					TieChange.none(toOf(edge), fromOf(edge))))
			.toList();
		return this.ties.findAll(both)
			.collectMap((tie) -> Tie.id(tie.owner(), tie.other()))
			.map((found) -> versions.entrySet()
				.stream()
				.allMatch((edge) -> isShown(edge.getKey(), edge.getValue(), found)));
	}

	private boolean isShown(String edge, long version, Map<String, Tie> found) {
		return has(found.get(Tie.id(fromOf(edge), toOf(edge))), this.from, version)
				&& has(found.get(Tie.id(toOf(edge), fromOf(edge))), this.to, version);
	}

	private static boolean has(@Nullable Tie tie, TieSide side, long version) {
		return tie != null && tie.has(side, version) && tie.isCounted();
	}

	private static String fromOf(String edge) {
		return edge.substring(0, Math.max(0, edge.indexOf(':')));
	}

	private static String toOf(String edge) {
		return edge.substring(edge.indexOf(':') + 1);
	}

}
