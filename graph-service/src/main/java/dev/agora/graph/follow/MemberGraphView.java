package dev.agora.graph.follow;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import dev.agora.graph.count.MemberGraph;
import dev.agora.graph.tie.TieKind;

/**
 * A member's counts and their relation to the viewer.
 *
 * @param relation the relation of the viewer to the member, null for an anonymous viewer
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record MemberGraphView(long followers, long following, long friends, @Nullable Relation relation) {

	static MemberGraphView of(MemberGraph graph, @Nullable Relation relation) {
		return new MemberGraphView(graph.size(TieKind.FOLLOWERS), graph.size(TieKind.FOLLOWING),
				graph.size(TieKind.FRIENDS), relation);
	}

}
