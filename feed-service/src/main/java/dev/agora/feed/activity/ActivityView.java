package dev.agora.feed.activity;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import dev.agora.feed.rendered.ShownActivity;
import dev.agora.platform.document.Stored;
import dev.agora.platform.member.MemberCard;

/**
 * An activity in responses and in the cache.
 *
 * @param id the activity's id
 * @param verb {@code posted}, {@code listed}, {@code reduced}, {@code reviewed} or
 * {@code befriended}
 * @param author the card of the author
 * @param text the text of a post or of a review, or null
 * @param product the card of the product that the activity is about, or null
 * @param previousPrice the price before a reduction, or null
 * @param stars the stars of a review, or null
 * @param friend the card of the befriended member, or null
 * @param at the time of the activity
 * @param version the version, which each change raises
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActivityView(String id, String verb, MemberCard author, @Nullable String text,
		@Nullable ProductCard product, @Nullable Price previousPrice, @Nullable Integer stars,
		@Nullable MemberCard friend, Instant at, long version) implements ShownActivity {

	public static ActivityView of(Stored<Activity> stored) {
		Activity activity = stored.value();
		@Nullable ActivityProduct product = activity.product();
		@Nullable ActivityReview review = activity.review();
		@Nullable Author friend = activity.friend();
		return new ActivityView(stored.id(), activity.verb(), card(activity.author()),
				(review != null) ? review.text() : activity.text(), (product != null) ? product.card() : null,
				activity.previousPrice(), (review != null) ? review.stars() : null,
				(friend != null) ? card(friend) : null, activity.at(), stored.version());
	}

	private static MemberCard card(Author member) {
		return new MemberCard(member.id(), member.handle(), member.name());
	}

	@Override
	public String authorId() {
		return this.author.id();
	}

	@Override
	public @Nullable String friendId() {
		return (this.friend != null) ? this.friend.id() : null;
	}

	/** The ids of the members whom this activity shows. */
	public List<String> members() {
		return (this.friend != null) ? List.of(this.author.id(), this.friend.id()) : List.of(this.author.id());
	}

}
