package dev.agora.feed.friend;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.agora.feed.audience.Follow;
import dev.agora.platform.document.Projected;
import dev.agora.platform.id.IdGenerator;

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

	static Friendship of(Projected<Follow> one, Projected<Follow> other) {
		boolean mutual = !one.isDeleted() && !other.isDeleted();
		@Nullable Follow completion = mutual
				? Stream.of(one, other).flatMap((each) -> Stream.ofNullable(each.value())).max(BY_START).orElse(null)
				: null;
		return new Friendship(one.version() + other.version(), completion);
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

	/** Derives the ids of the activities of the two, none if feeds do not show them. */
	Set<String> activityIds(String member, String other) {
		return announcedAt().map((at) -> Set.of(activityId(member, other, at), activityId(other, member, at)))
			.orElse(Set.of());
	}

	/** Derives the id of the activity of one of the two. */
	String activityId(String author, String friend, Instant at) {
		return IdGenerator.derive(at, "friendship:" + author + ":" + friend + ":" + this.version);
	}

}
