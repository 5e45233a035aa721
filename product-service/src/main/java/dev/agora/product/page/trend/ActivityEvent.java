package dev.agora.product.page.trend;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.event.Event;

/** The events of feed-service that show interest in products. */
sealed interface ActivityEvent extends Event {

	/**
	 * A member published an activity.
	 *
	 * @param author the id of the member
	 * @param verb the kind of the activity
	 * @param product the id of the product that it is about, or null
	 * @param at the time of the activity
	 */
	record Published(String author, String verb, @Nullable String product, Instant at) implements ActivityEvent {
	}

}
