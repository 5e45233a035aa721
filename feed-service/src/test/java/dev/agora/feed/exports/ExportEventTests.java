package dev.agora.feed.exports;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.agora.platform.testing.Contracts;

class ExportEventTests {

	@Test
	void eventsMatchTheirSchemas() throws IOException {
		Contracts.assertTold(new ExportEvent.Requested("0SAX3JKRPM3GB", List.of("feed-service", "graph-service"),
				Instant.parse("2026-01-02T03:04:05.678Z")));
		Contracts.assertTold(new ExportEvent.Removed());
	}

}
