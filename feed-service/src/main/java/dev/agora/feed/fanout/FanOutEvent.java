package dev.agora.feed.fanout;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.event.Event;

/** The events of a large fan-out, by which the workers share it. */
sealed interface FanOutEvent extends Event {

	/**
	 * An activity of an author with many followers waits for its fan-out.
	 *
	 * @param author the author's id
	 * @param at the time of the activity
	 */
	record Requested(String author, Instant at) implements FanOutEvent {
	}

	/**
	 * A part of a fan-out waits for a worker.
	 *
	 * @param activity the activity's id
	 * @param author the author's id
	 * @param plan the id of the plan to which the chunk belongs
	 * @param number the number of the chunk in the plan
	 * @param members the ids of the followers
	 * @param pull the version of the author's entry with which the timelines are marked,
	 * null if the activity is pushed
	 */
	record ChunkPlanned(String activity, String author, String plan, int number, List<String> members,
			@Nullable Long pull) implements FanOutEvent {
	}

	/**
	 * All chunks were delivered.
	 *
	 * @param author the author's id
	 * @param at the time of the activity
	 * @param pull the version of the author's entry with which the timelines were marked,
	 * null if the activity was pushed
	 */
	record Completed(String author, Instant at, @Nullable Long pull) implements FanOutEvent {
	}

}
