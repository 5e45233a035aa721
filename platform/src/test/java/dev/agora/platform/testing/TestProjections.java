package dev.agora.platform.testing;

import java.time.Clock;
import java.time.Duration;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.projection.FreshEntryLookup;
import dev.agora.platform.projection.ProjectionSettings;

/** Creates projections for tests without an application context. */
public final class TestProjections {

	private TestProjections() {
	}

	/** The projection of members in a store. */
	public static MemberProjection members(DocumentStore store) {
		return new MemberProjection(store, freshEntries());
	}

	/** The lookup of fresh entries with the default settings. */
	public static FreshEntryLookup freshEntries() {
		return new FreshEntryLookup(
				new ProjectionSettings(Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofMillis(50)),
				Clock.systemUTC());
	}

}
