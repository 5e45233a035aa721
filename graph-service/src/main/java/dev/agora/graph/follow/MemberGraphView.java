package dev.agora.graph.follow;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A member among the others.
 *
 * @param relation to the one who looks, null where nobody is logged in
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record MemberGraphView(long followers, long following, long friends, @Nullable Relation relation) {

	static MemberGraphView of(Counts counts, @Nullable Relation relation) {
		return new MemberGraphView(counts.followers(), counts.following(), counts.friends(), relation);
	}

}
