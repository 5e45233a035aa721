package dev.agora.feed.activity;

import java.io.IOException;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import dev.agora.platform.testing.Contracts;

class ActivityEventTests {

	private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

	@Test
	void matchesTheContract() throws IOException {
		Contracts.assertTold(new ActivityEvent.Published("0SAX3JKRPM3GA", "posted", null, null, AT));
		Contracts.assertTold(new ActivityEvent.Published("0SAX3JKRPM3GA", "listed", "0SAX3JKRPM3GB", null, AT));
		Contracts.assertTold(new ActivityEvent.Published("0SAX3JKRPM3GA", "befriended", null, "0SAX3JKRPM3GC", AT));
		Contracts.assertTold(new ActivityEvent.FriendRenamed("0SAX3JKRPM3GA", "0SAX3JKRPM3GC"));
		Contracts.assertTold(new ActivityEvent.ReviewEdited("0SAX3JKRPM3GA", 4));
		Contracts.assertTold(new ActivityEvent.AuthorRenamed("0SAX3JKRPM3GA", "Anna"));
		Contracts.assertTold(new ActivityEvent.ProductChanged("0SAX3JKRPM3GA", "0SAX3JKRPM3GB"));
		Contracts.assertTold(new ActivityEvent.ProductDelisted("0SAX3JKRPM3GA", "0SAX3JKRPM3GB"));
		Contracts.assertTold(new ActivityEvent.Deleted("0SAX3JKRPM3GA", AT));
	}

}
