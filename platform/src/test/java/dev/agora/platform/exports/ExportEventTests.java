package dev.agora.platform.exports;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.agora.platform.testing.Contracts;

class ExportEventTests {

	private static final String EXPORT = "0SAX3JKRPM3GA";

	private static final String RUN = "0b0ee1a4-1d3f-4c7f-9a53-0e6b8f3c9d10";

	@Test
	void readsARequest() throws IOException {
		Contracts.assertRead(
				"""
						{"member": "0SAX3JKRPM3GB", "services": ["feed-service"], "until": "2026-01-02T03:04:05Z", "more": 1}""",
				new ExportEvent.Requested("0SAX3JKRPM3GB", List.of("feed-service"),
						Instant.parse("2026-01-02T03:04:05Z")));
	}

	@Test
	void readsARemoval() throws IOException {
		Contracts.assertRead("{}", new ExportEvent.Removed());
	}

	@Test
	void partsMatchTheirSchemas() throws IOException {
		Contracts.assertTold(new ExportPartEvent.Collected(EXPORT, "feed-service", RUN, 1, "{}\n"));
		Contracts.assertTold(new ExportPartEvent.Completed(EXPORT, "feed-service", RUN, 1, 1));
	}

}
