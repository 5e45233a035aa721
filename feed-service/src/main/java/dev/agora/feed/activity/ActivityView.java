package dev.agora.feed.activity;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.document.Stored;

/**
 * An activity as clients see it, and as it is cached: a whole, assembled object.
 *
 * @param id the activity's id
 * @param verb {@code posted} or {@code listed}
 * @param author who did it
 * @param text what they wrote, absent where they wrote nothing
 * @param product what it is about, absent where it is about no product
 * @param at when it was
 * @param version one more with each change
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActivityView(String id, String verb, Card author, @Nullable String text, @Nullable ProductCard product,
		Instant at, long version) {

	public static ActivityView of(Stored<Activity> stored) {
		Activity activity = stored.value();
		Author author = activity.author();
		return new ActivityView(stored.id(), activity.verb(), new Card(author.id(), author.handle(), author.name()),
				activity.text(), activity.product(), activity.at(), stored.version());
	}

	/**
	 * The card of a member.
	 *
	 * @param id the member's id
	 * @param handle the member's handle
	 * @param name the member's name
	 */
	public record Card(String id, String handle, String name) {
	}

}
