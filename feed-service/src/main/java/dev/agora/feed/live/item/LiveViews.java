package dev.agora.feed.live.item;

import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.ActivityCache;
import dev.agora.feed.activity.ActivityView;
import dev.agora.feed.audience.BlockFilter;
import dev.agora.feed.live.log.LiveEvent;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.web.Consistency;

/** Loads what streams send, as JSON. */
public final class LiveViews {

	private static final String ACTIVITY = "activity";

	private final Activities activities;

	private final ActivityCache cache;

	private final MemberProjection members;

	private final BlockFilter blocks;

	private final JsonMapper json;

	public LiveViews(Activities activities, ActivityCache cache, MemberProjection members, BlockFilter blocks,
			JsonMapper json) {
		this.activities = activities;
		this.cache = cache;
		this.members = members;
		this.blocks = blocks;
		this.json = json;
	}

	/**
	 * Creates what is sent for an event. The first client that receives it loads its data
	 * for all.
	 * @param id the position that a client reaches by it, null if it stays where it is
	 */
	public LiveItem toItem(LiveEvent event, @Nullable String id) {
		if (event instanceof LiveEvent.Published published) {
			return new LiveItem(id, ACTIVITY, activity(published.activity()).cache(), null);
		}
		if (event instanceof LiveEvent.Followed followed) {
			return new LiveItem(id, "follower", follower(followed).cache(), null);
		}
		EndedJobView job = EndedJobView.of((LiveEvent.JobEnded) event);
		return new LiveItem(id, "job", Mono.just(this.json.writeValueAsString(job)), null);
	}

	/**
	 * Creates what one member receives for an event: nothing if blocks hide the friend
	 * whom an activity shows.
	 * @param item what is sent for the event
	 */
	public LiveItem toItemFor(String member, LiveEvent event, LiveItem item) {
		return (event instanceof LiveEvent.Published published && published.friend() != null)
				? item.onlyIf(sees(member, published.friend())) : item;
	}

	/**
	 * Creates what is sent for an activity that is loaded already; the position of the
	 * client stays where it is.
	 */
	public LiveItem toItem(ActivityView activity) {
		return new LiveItem(null, ACTIVITY, Mono.just(this.json.writeValueAsString(activity)), null);
	}

	/**
	 * A cached entry may say that the activity does not exist although its event has
	 * arrived, so the store decides.
	 */
	private Mono<String> activity(String id) {
		return this.cache.find(id)
			.switchIfEmpty(Mono.defer(() -> this.activities.find(id)))
			.map(this.json::writeValueAsString);
	}

	private Mono<String> follower(LiveEvent.Followed followed) {
		return sees(followed.followee(), followed.follower()).filter(Boolean::booleanValue)
			.flatMap((visible) -> this.members.list(List.of(followed.follower())))
			.flatMap((cards) -> Mono.justOrEmpty(cards.stream().findFirst()))
			.map((card) -> this.json.writeValueAsString(new FollowerView(card, followed.at())));
	}

	private Mono<Boolean> sees(String viewer, String member) {
		return this.blocks.hides(viewer, member, Consistency.SESSION).map((hidden) -> !hidden);
	}

}
