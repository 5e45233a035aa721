package dev.agora.feed.author;

import java.time.Clock;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.Author;
import dev.agora.platform.document.Change;
import dev.agora.platform.document.Projected;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Dependents;

/**
 * Shows the newest names of its author and friend on each activity, and removes the
 * activities of deleted members.
 */
public final class AuthorActivities implements Dependents<MemberCard> {

	private final Activities activities;

	private final Clock clock;

	public AuthorActivities(Activities activities, Clock clock) {
		this.activities = activities;
		this.clock = clock;
	}

	@Override
	public Flux<String> findOutdated(String memberId, Projected<MemberCard> member) {
		long version = member.isDeleted() ? Long.MAX_VALUE : member.version();
		return this.activities.idsWithAuthorBefore(memberId, version)
			.concatWith(this.activities.idsWithFriendBefore(memberId, version));
	}

	@Override
	public Mono<Void> reconcile(String id, String memberId, Projected<MemberCard> member) {
		return this.activities.changeIfPresent(id, toChange(memberId, member));
	}

	private Function<Activity, Change<Activity>> toChange(String memberId, Projected<MemberCard> member) {
		@Nullable MemberCard card = member.value();
		if (card == null) {
			return (activity) -> activity.remove(this.clock.instant());
		}
		Author newer = new Author(memberId, card.handle(), card.name(), member.version());
		return (activity) -> activity.author().id().equals(memberId) ? activity.withAuthor(newer)
				: activity.withFriend(newer);
	}

}
