package dev.agora.feed.friend;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.agora.feed.audience.Follow;

/**
 * The state of two members of whom each has followed the other once.
 *
 * @param version the sum of the versions of both follows, raised by each change of one
 * @param completion the later of both follows, null unless each follows the other
 */
record Friendship(long version, @Nullable Follow completion) {

	private static final Comparator<Follow> BY_START = Comparator
		.comparing(Follow::since, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
		.thenComparing(Follow::follower);

	/**
	 * Creates the state from both follows.
	 * @param one a follow, null if it has ended
	 * @param other the follow in the other direction, null if it has ended
	 */
	static Friendship of(long version, @Nullable Follow one, @Nullable Follow other) {
		return new Friendship(version,
				(one != null && other != null) ? Stream.of(one, other).max(BY_START).orElse(null) : null);
	}

	/**
	 * Returns the time at which the two became friends, in whole milliseconds. Empty if
	 * they are no friends, or if an import made them friends, which feeds do not show.
	 */
	Optional<Instant> announcedAt() {
		return Optional.ofNullable(this.completion)
			.filter((last) -> !last.isImported())
			.map(Follow::since)
			.map((since) -> since.truncatedTo(ChronoUnit.MILLIS));
	}

}
