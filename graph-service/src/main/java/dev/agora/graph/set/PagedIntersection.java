package dev.agora.graph.set;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import dev.agora.graph.tie.Tie;
import dev.agora.graph.tie.TieKind;
import dev.agora.graph.tie.Ties;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/**
 * The ids that the sets of two members have in common, as MongoDB has them. Each step
 * reads some ids of the smaller set, and which of them the larger set has.
 */
final class PagedIntersection {

	private static final int STEP = 500;

	/** Bounds the work of one page. */
	private static final int MAX_STEPS = 20;

	private final Ties ties;

	private final TieKind kind;

	private final String smaller;

	private final String larger;

	/**
	 * Creates an intersection.
	 * @param kind the kind of both sets
	 * @param smaller the member with the smaller set
	 * @param larger the member with the larger set
	 */
	PagedIntersection(Ties ties, TieKind kind, String smaller, String larger) {
		this.ties = ties;
		this.kind = kind;
		this.smaller = smaller;
		this.larger = larger;
	}

	/**
	 * Reads a page, the highest ids first. If few of many ids are common, the page is
	 * short and has a cursor, from which the next page continues.
	 */
	Mono<Page<String>> read(PageRequest page) {
		return read(page, new Progress(List.of(), page.cursor(), 0, false));
	}

	private Mono<Page<String>> read(PageRequest page, Progress progress) {
		return this.ties.ids(this.smaller, this.kind, progress.last(), STEP)
			.collectList()
			.flatMap((ids) -> common(ids).map((common) -> progress.after(ids, common)))
			.flatMap((next) -> next.isEnough(page) ? Mono.just(next.toPage(page)) : read(page, next));
	}

	private Mono<List<String>> common(List<String> ids) {
		return this.ties.find(this.larger, ids)
			.filter((tie) -> tie.kinds().contains(this.kind))
			.map(Tie::other)
			.sort(Comparator.reverseOrder())
			.collectList();
	}

	/**
	 * The state after some steps.
	 *
	 * @param found the common ids so far
	 * @param last the last id of the smaller set that was read
	 * @param steps the number of steps
	 * @param isEnd whether the smaller set has no more ids
	 */
	private record Progress(List<String> found, @Nullable String last, int steps, boolean isEnd) {

		Progress after(List<String> ids, List<String> common) {
			List<String> all = new ArrayList<>(this.found);
			all.addAll(common);
			return new Progress(all, ids.isEmpty() ? this.last : ids.get(ids.size() - 1), this.steps + 1,
					ids.size() < STEP);
		}

		boolean isEnough(PageRequest page) {
			return this.isEnd || this.found.size() > page.limit() || this.steps == MAX_STEPS;
		}

		Page<String> toPage(PageRequest page) {
			Page<String> cut = Page.cut(this.found, page, (id) -> id);
			return (cut.next() == null && !this.isEnd) ? new Page<>(cut.items(), this.last) : cut;
		}

	}

}
