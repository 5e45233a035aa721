package dev.agora.feed.audience;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.agora.feed.activity.Author;
import dev.agora.platform.testing.Contracts;

class FollowEventTests {

	private static final String SAMPLE = """
			{"follower": "0SAX3JKRPM3GA", "followee": "0SAX3JKRPM3GB", "added": "later"}
			""";

	@Test
	void readsEventsOfTheContract() throws IOException {
		Contracts.assertRead(SAMPLE, new FollowEvent.Started("0SAX3JKRPM3GA", "0SAX3JKRPM3GB", null));
		Contracts.assertRead("""
				{"follower": "0SAX3JKRPM3GA", "followee": "0SAX3JKRPM3GB", "cards": [
				{"id": "0SAX3JKRPM3GA", "handle": "ann", "name": "Ann", "version": 3},
				{"id": "0SAX3JKRPM3GB", "handle": "bob", "name": "Bob", "version": 1}]}
				""", new FollowEvent.Started("0SAX3JKRPM3GA", "0SAX3JKRPM3GB",
				List.of(new Author("0SAX3JKRPM3GA", "ann", "Ann", 3), new Author("0SAX3JKRPM3GB", "bob", "Bob", 1))));
		Contracts.assertRead(SAMPLE, new FollowEvent.Ended("0SAX3JKRPM3GA", "0SAX3JKRPM3GB"));
	}

}
