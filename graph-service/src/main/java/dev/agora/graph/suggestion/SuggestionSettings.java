package dev.agora.graph.suggestion;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of suggestions.
 *
 * @param maxItems the maximum number of suggestions of one member
 * @param request the bounds of a computation that a request waits for
 * @param refresh the settings of the job that keeps lists up to date
 */
@ConfigurationProperties("graph.suggestions")
public record SuggestionSettings(@DefaultValue("200") int maxItems, @DefaultValue Request request,
		@DefaultValue Refresh refresh) {

	private static final Duration SHORTEST = Duration.ofMillis(10);

	/** With fewer ids, not even one friend of a friend can be read. */
	private static final int FEWEST_IDS = 10;

	public SuggestionSettings {
		require(maxItems >= 1, "max-items must be at least 1.");
	}

	private static void require(boolean isAllowed, String requirement) {
		if (!isAllowed) {
			throw new IllegalArgumentException("graph.suggestions." + requirement);
		}
	}

	private static void requirePositive(Duration duration, String name) {
		require(duration.compareTo(SHORTEST) >= 0, name + " must be at least 10ms.");
	}

	/**
	 * The bounds of a computation that a request waits for.
	 *
	 * @param maxIds the maximum number of ids that are read: those of the friends and of
	 * their friends
	 * @param timeout the maximum time, after which the request fails
	 * @param concurrency the maximum number of computations at one instance; further
	 * requests are refused
	 */
	public record Request(@DefaultValue("50000") int maxIds, @DefaultValue("5s") Duration timeout,
			@DefaultValue("16") int concurrency) {

		public Request {
			require(maxIds >= FEWEST_IDS, "request.max-ids must be at least " + FEWEST_IDS + ".");
			requirePositive(timeout, "request.timeout");
			require(concurrency >= 1, "request.concurrency must be at least 1.");
		}
	}

	/**
	 * The settings of the job that keeps lists up to date.
	 *
	 * @param checkInterval the time between two searches for lists that are due
	 * @param age the age at which a list is due
	 * @param activeFor the time since the last read after which a list is no longer kept
	 * up to date
	 * @param maxIds the maximum number of ids that are read for one member
	 * @param concurrency the number of members that one job computes at the same time
	 */
	public record Refresh(@DefaultValue("10s") Duration checkInterval, @DefaultValue("1h") Duration age,
			@DefaultValue("7d") Duration activeFor, @DefaultValue("500000") int maxIds,
			@DefaultValue("2") int concurrency) {

		public Refresh {
			requirePositive(checkInterval, "refresh.check-interval");
			requirePositive(age, "refresh.age");
			requirePositive(activeFor, "refresh.active-for");
			require(maxIds >= FEWEST_IDS, "refresh.max-ids must be at least " + FEWEST_IDS + ".");
			require(concurrency >= 1, "refresh.concurrency must be at least 1.");
		}
	}

}
