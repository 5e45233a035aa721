package dev.agora.feed.live;

import java.time.Instant;
import java.util.Comparator;
import java.util.Set;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.ActivityView;
import dev.agora.feed.audience.FeedAuthors;
import dev.agora.feed.live.log.Position;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.problem.Unauthenticated;

/** Reads from the store what streams need of home feeds. */
public final class LiveFeeds {

	private final MemberProjection members;

	private final FeedAuthors authors;

	private final Activities activities;

	private final LiveViews views;

	private final LiveSettings settings;

	public LiveFeeds(MemberProjection members, FeedAuthors authors, Activities activities, LiveViews views,
			LiveSettings settings) {
		this.members = members;
		this.authors = authors;
		this.activities = activities;
		this.views = views;
		this.settings = settings;
	}

	/**
	 * Finds the authors of the caller's home feed.
	 * @throws Unauthenticated if the account was deleted
	 */
	Mono<Set<String>> authorsOf(Caller caller) {
		return this.members.requireAccount(caller).flatMap((account) -> this.authors.of(account.id()));
	}

	/**
	 * Whether a list has as many activities as it may have, so that others may be
	 * missing.
	 */
	boolean isLimit(int activities) {
		return activities >= this.settings.resume();
	}

	/**
	 * Lists the newest activities that a client may lack, in the order of their ids.
	 * Those of the time right before its disconnection are listed again: an activity is
	 * published after it got its id.
	 */
	Flux<LiveItem> listSince(Position position, Set<String> authors) {
		Instant from = position.at().minus(this.settings.overlap());
		return this.activities.findByAuthors(authors, null, this.settings.resume())
			.takeWhile((activity) -> !IdGenerator.createdAt(activity.id()).isBefore(from))
			.sort(Comparator.comparing(ActivityView::id))
			.map(this.views::toItem);
	}

}
