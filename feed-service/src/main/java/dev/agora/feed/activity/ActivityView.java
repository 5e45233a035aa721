package dev.agora.feed.activity;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.document.Stored;
import dev.agora.platform.member.MemberCard;

/**
 * An activity in responses and in the cache.
 *
 * @param id the activity's id
 * @param verb {@code posted} or {@code listed}
 * @param author the card of the author
 * @param text the text of a post, or null
 * @param product the card of the product that the activity is about, or null
 * @param at the time of the activity
 * @param version the version, which each change raises
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActivityView(String id, String verb, MemberCard author, @Nullable String text,
		@Nullable ProductCard product, Instant at, long version) {

	public static ActivityView of(Stored<Activity> stored) {
		Activity activity = stored.value();
		Author author = activity.author();
		@Nullable ActivityProduct product = activity.product();
		return new ActivityView(stored.id(), activity.verb(),
				new MemberCard(author.id(), author.handle(), author.name()), activity.text(),
				(product != null) ? product.card() : null, activity.at(), stored.version());
	}

}
