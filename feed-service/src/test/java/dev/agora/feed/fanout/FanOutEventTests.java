package dev.agora.feed.fanout;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.agora.platform.testing.Contracts;

class FanOutEventTests {

	private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

	@Test
	void matchesTheContract() throws IOException {
		Contracts.assertTold(new FanOutEvent.Requested("0SAX3JKRPM3GA", AT));
		Contracts.assertTold(new FanOutEvent.ChunkPlanned("0SAX3JKRPM3GD", "0SAX3JKRPM3GA", "0SAX3JKRPM3GE", 3,
				List.of("0SAX3JKRPM3GB", "0SAX3JKRPM3GC"), null));
		Contracts.assertTold(new FanOutEvent.ChunkPlanned("0SAX3JKRPM3GD", "0SAX3JKRPM3GA", "0SAX3JKRPM3GE", 0,
				List.of("0SAX3JKRPM3GB"), 4L));
		Contracts.assertTold(new FanOutEvent.Completed("0SAX3JKRPM3GA", AT, null));
		Contracts.assertTold(new FanOutEvent.Completed("0SAX3JKRPM3GA", AT, 4L));
	}

}
