package dev.agora.graph.suggestion;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.agora.platform.settings.SettingBounds;

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

	private static final String NAME = "graph.suggestions.";

	/** With fewer ids, not even one friend of a friend can be read. */
	private static final int FEWEST_IDS = 10;

	public SuggestionSettings {
		SettingBounds.requireAtLeast(NAME + "max-items", 1, maxItems);
	}

	/**
	 * The bounds of a computation that a request waits for.
	 *
	 * @param maxIds the maximum number of ids that are read, at least 10: those of the
	 * friends and of their friends
	 * @param timeout the maximum time, after which the request fails
	 * @param concurrency the maximum number of computations at one instance; further
	 * requests are refused
	 */
	public record Request(@DefaultValue("50000") int maxIds, @DefaultValue("5s") Duration timeout,
			@DefaultValue("16") int concurrency) {

		public Request {
			SettingBounds.requireAtLeast(NAME + "request.max-ids", FEWEST_IDS, maxIds);
			SettingBounds.requirePositive(NAME + "request.timeout", timeout);
			SettingBounds.requireAtLeast(NAME + "request.concurrency", 1, concurrency);
		}
	}

	/**
	 * The settings of the job that keeps lists up to date.
	 *
	 * @param checkInterval the time between two searches for lists that are due
	 * @param age the age at which a list is due
	 * @param activeFor the time since the last read after which a list is no longer kept
	 * up to date
	 * @param maxIds the maximum number of ids that are read for one member, at least 10
	 * @param concurrency the number of members that one job computes at the same time
	 */
	public record Refresh(@DefaultValue("10s") Duration checkInterval, @DefaultValue("1h") Duration age,
			@DefaultValue("7d") Duration activeFor, @DefaultValue("500000") int maxIds,
			@DefaultValue("2") int concurrency) {

		public Refresh {
			SettingBounds.requirePositive(NAME + "refresh.check-interval", checkInterval);
			SettingBounds.requirePositive(NAME + "refresh.age", age);
			SettingBounds.requirePositive(NAME + "refresh.active-for", activeFor);
			SettingBounds.requireAtLeast(NAME + "refresh.max-ids", FEWEST_IDS, maxIds);
			SettingBounds.requireAtLeast(NAME + "refresh.concurrency", 1, concurrency);
		}
	}

}
