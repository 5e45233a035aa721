package dev.agora.graph.imports;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import dev.agora.graph.edge.Edge;
import dev.agora.graph.follow.FollowOutcome;
import dev.agora.graph.follow.Follows;
import dev.agora.platform.imports.ImportResult;
import dev.agora.platform.imports.row.Row;
import dev.agora.platform.imports.row.RowError;

/** Writes the follows of rows; the same rows may be written again. */
public final class EdgeImporter {

	private final MemberHandles handles;

	private final Follows follows;

	EdgeImporter(MemberHandles handles, Follows follows) {
		this.handles = handles;
		this.follows = follows;
	}

	/** Writes the follows of rows, and returns the numbers of their outcomes. */
	Mono<ImportResult> write(List<Row.Valid<HandlePair>> rows) {
		return this.handles.findIds(handlesOf(rows)).flatMap((ids) -> {
			Resolution resolution = new Resolution(ids);
			rows.forEach(resolution::add);
			return this.follows.followAll(resolution.edges()).map(resolution::toResult);
		});
	}

	private static Collection<String> handlesOf(List<Row.Valid<HandlePair>> rows) {
		return rows.stream()
			.map(Row.Valid::value)
			.flatMap((pair) -> Stream.of(pair.follower(), pair.followee()))
			.collect(Collectors.toSet());
	}

	/** The edges of the rows whose members are known, and the errors of the others. */
	private static final class Resolution {

		private final Map<String, String> ids;

		/** The edges, each with the lines on which it is. */
		private final Map<Edge, List<Long>> edges = new LinkedHashMap<>();

		private final List<RowError> errors = new ArrayList<>();

		private long failed;

		Resolution(Map<String, String> ids) {
			this.ids = ids;
		}

		void add(Row.Valid<HandlePair> row) {
			@Nullable String follower = find(row.line(), FollowImport.FOLLOWER, row.value().follower());
			@Nullable String followee = find(row.line(), FollowImport.FOLLOWEE, row.value().followee());
			if (follower == null || followee == null) {
				this.failed++;
				return;
			}
			this.edges.computeIfAbsent(new Edge(follower, followee), (edge) -> new ArrayList<>()).add(row.line());
		}

		private @Nullable String find(long line, String field, String handle) {
			@Nullable String id = this.ids.get(handle);
			if (id == null) {
				this.errors.add(new RowError(line, field, "must be the handle of a member; there is no " + handle));
			}
			return id;
		}

		List<Edge> edges() {
			return List.copyOf(this.edges.keySet());
		}

		ImportResult toResult(Map<Edge, FollowOutcome> outcomes) {
			long started = 0;
			long repeated = 0;
			for (Map.Entry<Edge, List<Long>> edge : this.edges.entrySet()) {
				FollowOutcome outcome = Objects.requireNonNull(outcomes.get(edge.getKey()));
				int written = isRefused(outcome) ? refuse(edge.getValue(), outcome) : edge.getValue().size();
				int first = (outcome == FollowOutcome.STARTED) ? 1 : 0;
				started += first;
				repeated += written - first;
			}
			return new ImportResult(started, 0, repeated, this.failed, this.errors);
		}

		private static boolean isRefused(FollowOutcome outcome) {
			return outcome != FollowOutcome.STARTED && outcome != FollowOutcome.UNCHANGED;
		}

		/** Adds an error for each line; returns the number of lines that are written. */
		private int refuse(List<Long> lines, FollowOutcome outcome) {
			String constraint = (outcome == FollowOutcome.BLOCKED)
					? "must be two members between whom there is no block" : "must be two members";
			this.failed += lines.size();
			lines.forEach((line) -> this.errors.add(new RowError(line, EdgeLines.ROW, constraint)));
			return 0;
		}

	}

}
