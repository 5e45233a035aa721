package dev.agora.feed.author;

import java.time.Clock;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.ActivityEvent;
import dev.agora.feed.activity.Author;
import dev.agora.feed.audience.Member;
import dev.agora.feed.audience.MemberProjection;
import dev.agora.feed.product.ProductProjection;
import dev.agora.platform.document.Change;
import dev.agora.platform.document.Projected;

/**
 * Makes activities show their authors as they are now, and ends those of authors who
 * left.
 * <p>
 * No activity is missed, though it be written while the others are seen to: what is known
 * of member or product is kept first, then the activities are looked for. One that is
 * written too late to be found has its own event, and when that comes, what it must be
 * settled by is there. All of it may be done again at any time and in any order; what was
 * interrupted goes on where it was.
 */
public final class AuthorReconciler {

	/** Few, so that requests stay quick while an author of many activities is seen to. */
	private static final int AT_ONCE = 4;

	private final MemberProjection members;

	private final ProductProjection products;

	private final Activities activities;

	private final Clock clock;

	public AuthorReconciler(MemberProjection members, ProductProjection products, Activities activities, Clock clock) {
		this.members = members;
		this.products = products;
		this.activities = activities;
		this.clock = clock;
	}

	/** An author goes by another name. */
	Mono<Void> rename(String memberId, long version, Member member) {
		return this.members.put(memberId, version, member).then(settleAllBy(memberId));
	}

	/** An author left. */
	Mono<Void> leave(String memberId, long version) {
		return this.members.remove(memberId, version).then(settleAllBy(memberId));
	}

	/** Settles an activity that was published. */
	Mono<Void> settle(String id, ActivityEvent.Published published) {
		return this.members.look(published.author())
			.filter((known) -> known.isDeleted() || known.version() > 1)
			.flatMap((known) -> this.activities.changeIfPresent(id, toChange(published.author(), known)))
			.then(Mono.defer(() -> settleProduct(id, published.product())));
	}

	private Mono<Void> settleProduct(String id, @Nullable String productId) {
		return Mono.justOrEmpty(productId)
			.filterWhen(this.products::isGone)
			.flatMap((gone) -> this.activities.changeIfPresent(id,
					(activity) -> activity.without(gone, this.clock.instant())));
	}

	/**
	 * Whatever the event said: by what is known now. Also where that was known already,
	 * since this may be the next try after a crash in the middle of it.
	 */
	private Mono<Void> settleAllBy(String memberId) {
		return Mono.defer(() -> this.members.look(memberId)).flatMap((known) -> settleAllBy(memberId, known));
	}

	private Mono<Void> settleAllBy(String memberId, Projected<Member> known) {
		Function<Activity, Change<Activity>> change = toChange(memberId, known);
		return this.activities.byAuthorBefore(memberId, known.isDeleted() ? Long.MAX_VALUE : known.version())
			.flatMap((id) -> this.activities.changeIfPresent(id, change), AT_ONCE)
			.then();
	}

	private Function<Activity, Change<Activity>> toChange(String authorId, Projected<Member> known) {
		@Nullable Member member = known.value();
		if (member == null) {
			return this::withdraw;
		}
		Author now = new Author(authorId, member.handle(), member.name(), known.version());
		return (activity) -> activity.by(now);
	}

	private Change<Activity> withdraw(Activity activity) {
		return activity.withdraw(this.clock.instant());
	}

}
