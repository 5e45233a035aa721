package dev.agora.feed.fanout;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.document.Change;

/**
 * The progress of the fan-out of an activity to many followers. It is removed when all of
 * its chunks are delivered. A repeated request may plan it twice; the plan that is stored
 * first counts.
 *
 * @param author the author's id
 * @param at the time of the activity
 * @param plan the id of the plan, null until it is complete
 * @param chunks the number of chunks of the plan
 * @param pull the version of the author's entry with which the chunks mark the timelines,
 * null if they push the activity
 * @param delivered the delivered chunks
 */
public record LargeFanOut(String author, Instant at, @Nullable String plan, int chunks, @Nullable Long pull,
		List<String> delivered) {

	/** Requests the fan-out of an activity. */
	static Change<LargeFanOut> request(String author, Instant at) {
		return Change.to(new LargeFanOut(author, at, null, 0, null, List.of()), new FanOutEvent.Requested(author, at));
	}

	/** Whether all chunks of a plan were published. */
	boolean isPlanned() {
		return this.plan != null;
	}

	/**
	 * Stores that all chunks of a plan were published.
	 * @param pull the version of the author's entry with which they mark the timelines
	 */
	Change<LargeFanOut> plan(String plan, int chunks, @Nullable Long pull) {
		return isPlanned() ? Change.none(this) : next(plan, chunks, pull, this.delivered);
	}

	/** Stores that a chunk was delivered; a repetition changes nothing. */
	Change<LargeFanOut> deliver(String plan, int number) {
		String chunk = chunk(plan, number);
		boolean other = this.plan != null && !this.plan.equals(plan);
		return (other || this.delivered.contains(chunk)) ? Change.none(this) : next(this.plan, this.chunks, this.pull,
				Stream.concat(this.delivered.stream(), Stream.of(chunk)).toList());
	}

	private Change<LargeFanOut> next(@Nullable String plan, int chunks, @Nullable Long pull, List<String> delivered) {
		List<String> ofPlan = (plan != null)
				? delivered.stream().filter((chunk) -> chunk.startsWith(chunk(plan, ""))).toList() : delivered;
		return (plan != null && ofPlan.size() == chunks)
				? Change.removal(new FanOutEvent.Completed(this.author, this.at, pull))
				: Change.withoutEvent(new LargeFanOut(this.author, this.at, plan, chunks, pull, ofPlan));
	}

	private static String chunk(String plan, Object number) {
		return plan + "/" + number;
	}

}
