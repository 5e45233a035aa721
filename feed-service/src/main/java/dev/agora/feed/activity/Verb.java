package dev.agora.feed.activity;

import java.util.Locale;

/** What a member can do that others see in their feeds. */
public enum Verb {

	/** Wrote a post. */
	POSTED,

	/** Offered a product. */
	LISTED;

	/** The verb as clients and events have it. */
	public String word() {
		return name().toLowerCase(Locale.ROOT);
	}

}
