package dev.agora.graph.edge;

import java.util.List;

import dev.agora.graph.tie.TieCard;
import dev.agora.platform.event.Event;

/** The events of a follow. */
public sealed interface FollowEvent extends Event {

	String follower();

	String followee();

	/**
	 * A member started to follow another.
	 *
	 * @param cards the cards of both, empty if the follow was imported
	 */
	record Started(String follower, String followee, List<TieCard> cards) implements FollowEvent {

		public Started {
			// Older events have none.
			cards = (cards != null) ? cards : List.of();
		}

	}

	/** A member stopped following another. */
	record Ended(String follower, String followee) implements FollowEvent {
	}

}
