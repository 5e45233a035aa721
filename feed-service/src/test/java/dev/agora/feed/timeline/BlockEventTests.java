package dev.agora.feed.timeline;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import dev.agora.platform.testing.Contracts;

class BlockEventTests {

	private static final String SAMPLE = """
			{"blocker": "0SAX3JKRPM3GA", "blocked": "0SAX3JKRPM3GB", "added": "later"}
			""";

	@Test
	void readsEventsOfTheContract() throws IOException {
		Contracts.assertRead(SAMPLE, new BlockEvent.Started("0SAX3JKRPM3GA", "0SAX3JKRPM3GB"));
		Contracts.assertRead(SAMPLE, new BlockEvent.Ended("0SAX3JKRPM3GA", "0SAX3JKRPM3GB"));
	}

}
