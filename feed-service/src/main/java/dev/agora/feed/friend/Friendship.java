package dev.agora.feed.friend;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.agora.feed.activity.Author;
import dev.agora.feed.audience.Follow;

/**
 * The state of two members of whom each has followed the other once.
 *
 * @param version the sum of the versions of both follows, raised by each change of one
 * @param follows the follows that are active, the one that started last at the end
 */
record Friendship(long version, List<Follow> follows) {

	/** Both follows started once and never ended. */
	private static final long FIRST_VERSION = 2;

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
				Stream.of(Optional.ofNullable(one), Optional.ofNullable(other))
					.flatMap(Optional::stream)
					.sorted(BY_START)
					.toList());
	}

	/**
	 * Returns the time at which the two became friends, in whole milliseconds. Empty if
	 * they are no friends, or if an import made them friends, which feeds do not show.
	 */
	Optional<Instant> announcedAt() {
		return this.follows.stream()
			.skip(1)
			.filter((last) -> !last.knownCards().isEmpty())
			.flatMap((last) -> Stream.ofNullable(last.since()))
			.map((since) -> since.truncatedTo(ChronoUnit.MILLIS))
			.findFirst();
	}

	/**
	 * Whether imports started both follows, and neither has ended since. Then the two
	 * never had an activity of a friendship.
	 */
	boolean isImported() {
		return this.version == FIRST_VERSION
				&& this.follows.stream().allMatch((follow) -> follow.knownCards().isEmpty());
	}

	/** Finds the newest card of a member that a follow has. */
	Optional<Author> findCard(String member) {
		return this.follows.stream()
			.flatMap((follow) -> follow.knownCards().stream())
			.filter((card) -> card.id().equals(member))
			.max(Comparator.comparing(Author::version));
	}

}
