package dev.agora.feed.rendered;

import org.jspecify.annotations.Nullable;

/** The ids of an activity by which a feed decides whether its reader sees it. */
public interface ShownActivity {

	/** The activity's id. */
	String id();

	/** The id of the author. */
	String authorId();

	/** The id of the member who was befriended, or null. */
	@Nullable String friendId();

}
