package dev.agora.platform.testing;

import java.time.Clock;
import java.time.Duration;

import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.projection.FreshEntryLookup;
import dev.agora.platform.projection.ProjectionSettings;

/** Creates the projection of members for tests, and writes its entries. */
public final class TestProjections {

	private TestProjections() {
	}

	/** The projection of members in a store. */
	public static MemberProjection members(DocumentStore store) {
		return new MemberProjection(store, freshEntries());
	}

	/** Stores a state of a member, without reconciling the dependents. */
	public static Mono<Void> upsertMember(DocumentStore store, MemberCard card, long version) {
		return store.projection("members", MemberCard.class).upsert(card.id(), version, card).then();
	}

	/** Stores the deletion of a member, without reconciling the dependents. */
	public static Mono<Void> deleteMember(DocumentStore store, String id, long version) {
		return store.projection("members", MemberCard.class).remove(id, version).then();
	}

	/** The lookup of fresh entries with the default settings. */
	public static FreshEntryLookup freshEntries() {
		return new FreshEntryLookup(
				new ProjectionSettings(Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofMillis(50)),
				Clock.systemUTC());
	}

}
