package dev.agora.feed.timeline;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import dev.agora.platform.testing.Contracts;

class FollowEventTests {

	private static final String SAMPLE = """
			{"follower": "0SAX3JKRPM3GA", "followee": "0SAX3JKRPM3GB", "added": "later"}
			""";

	@Test
	void readsEventsOfTheContract() throws IOException {
		Contracts.assertRead(SAMPLE, new FollowEvent.Started("0SAX3JKRPM3GA", "0SAX3JKRPM3GB"));
		Contracts.assertRead(SAMPLE, new FollowEvent.Ended("0SAX3JKRPM3GA", "0SAX3JKRPM3GB"));
	}

}
