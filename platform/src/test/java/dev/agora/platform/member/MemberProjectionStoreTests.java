package dev.agora.platform.member;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.Unauthenticated;
import dev.agora.platform.projection.FreshEntryLookup;
import dev.agora.platform.projection.ProjectionSettings;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MemberProjectionStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private final Clock lastYear = Clock.fixed(Instant.parse("2025-01-01T00:00:00Z"), ZoneOffset.UTC);

	private final String old = new IdGenerator(this.lastYear).next();

	private final String fresh = new IdGenerator(Clock.systemUTC()).next();

	private DocumentStore store;

	private MemberProjection members;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void openProjection() {
		this.store = mongo.store();
		this.members = TestProjections.members(this.store);
	}

	@Test
	void keepsTheNewestNameInAnyOrderOfEvents() {
		upsert(this.old, "Cleopatra", 2);
		upsert(this.old, "Cleo", 1);
		assertThat(this.members.require(this.old).block().name()).isEqualTo("Cleopatra");
	}

	@Test
	void ignoresOlderEventsOfADeletedMember() {
		TestProjections.deleteMember(this.store, this.old, 2).block();
		upsert(this.old, "Cleo", 1);
		assertNotFound(this.old);
	}

	@Test
	void doesNotWaitForADeletedMember() {
		MemberProjection patient = new MemberProjection(this.store,
				new FreshEntryLookup(
						new ProjectionSettings(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMillis(20)),
						Clock.systemUTC()));
		TestProjections.deleteMember(this.store, this.fresh, 2).block();
		assertThatExceptionOfType(NotFound.class)
			.isThrownBy(() -> patient.require(this.fresh).block(Duration.ofMinutes(1)));
	}

	@Test
	void refusesOldIdsAtOnceAndFreshIdsAfterAWait() {
		assertNotFound(this.old);
		assertNotFound("no id at all");
		Instant start = Instant.now();
		assertNotFound(this.fresh);
		assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofSeconds(1));
	}

	@Test
	void waitsForAFreshMember() {
		Mono<MemberCard> arrival = Mono.delay(Duration.ofMillis(100))
			.then(TestProjections.upsertMember(this.store, new MemberCard(this.fresh, "cleo", "Cleo"), 1))
			.then(Mono.empty());
		assertThat(this.members.require(this.fresh).mergeWith(arrival).blockLast().handle()).isEqualTo("cleo");
	}

	@Test
	void listsCardsInTheOrderOfTheIdsWithoutUnknownMembers() {
		upsert(this.old, "Anna", 1);
		upsert(this.fresh, "Ben", 1);
		String unknown = new IdGenerator(this.lastYear).next();
		assertThat(this.members.list(List.of(this.fresh, unknown, this.old)).block()).extracting(MemberCard::name)
			.containsExactly("Ben", "Anna");
	}

	@Test
	void givesACallerTheNewestKnownName() {
		Caller caller = caller(2);
		assertThat(this.members.requireAccount(caller).block()).isEqualTo(caller);
		upsert(caller.id(), "Cleo", 1);
		assertThat(this.members.requireAccount(caller).block()).isEqualTo(caller);
		upsert(caller.id(), "Cleo P.", 3);
		assertThat(this.members.requireAccount(caller).block())
			.isEqualTo(new Caller(caller.id(), "handle", "Cleo P.", 3, "session", true));
	}

	@Test
	void refusesACallerWhoseAccountIsDeleted() {
		TestProjections.deleteMember(this.store, this.old, 2).block();
		assertThatExceptionOfType(Unauthenticated.class)
			.isThrownBy(() -> this.members.requireAccount(caller(1)).block());
	}

	private Caller caller(long version) {
		return new Caller(this.old, "cleo", "Cleopatra", version, "session", true);
	}

	private void upsert(String id, String name, long version) {
		TestProjections.upsertMember(this.store, new MemberCard(id, "handle", name), version).block();
	}

	private void assertNotFound(String id) {
		assertThatExceptionOfType(NotFound.class).isThrownBy(() -> this.members.require(id).block());
	}

}
