package dev.agora.graph.member;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MemberProjectionStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static int databases;

	private final Clock lastYear = Clock.fixed(Instant.parse("2025-01-01T00:00:00Z"), ZoneOffset.UTC);

	private final String old = new IdGenerator(this.lastYear).next();

	private final String young = new IdGenerator(Clock.systemUTC()).next();

	private MemberProjection members;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void openMembers() {
		this.members = members(Duration.ofSeconds(2));
	}

	private static MemberProjection members(Duration patience) {
		DocumentStore store = new DocumentStore(mongo.database("members" + databases++), new JsonMapper(),
				Clock.systemUTC());
		return new MemberProjection(store, new MemberSettings(Duration.ofSeconds(30), patience, Duration.ofMillis(20)),
				Clock.systemUTC());
	}

	@Test
	void keepsTheNewestNameInWhateverOrderItComes() {
		put(this.old, "Cleopatra", 2);
		put(this.old, "Cleo", 1);
		assertThat(this.members.require(this.old).block().name()).isEqualTo("Cleopatra");
	}

	@Test
	void forgetsForGood() {
		this.members.remove(this.old, 2).block();
		put(this.old, "Cleo", 1);
		assertMissing(this.old);
	}

	@Test
	void doesNotWaitForWhoLeft() {
		MemberProjection patient = members(Duration.ofMinutes(5));
		patient.remove(this.young, 2).block();
		assertThatExceptionOfType(NotFound.class)
			.isThrownBy(() -> patient.require(this.young).block(Duration.ofMinutes(1)));
	}

	@Test
	void tellsWhoLeftFromWhoIsUnknown() {
		put(this.old, "Cleo", 1);
		assertThat(this.members.isAnyGone(List.of(this.old, this.young)).block()).isFalse();
		this.members.remove(this.young, 1).block();
		assertThat(this.members.isAnyGone(List.of(this.old, this.young)).block()).isTrue();
	}

	@Test
	void refusesTheUnknownAtOnceAndTheYoungAfterAWhile() {
		assertMissing(this.old);
		assertMissing("no id at all");
		Instant asked = Instant.now();
		assertMissing(this.young);
		assertThat(Duration.between(asked, Instant.now())).isGreaterThan(Duration.ofSeconds(1));
	}

	@Test
	void waitsForTheYoung() {
		Mono<MemberCard> arrival = Mono.delay(Duration.ofMillis(100))
			.then(this.members.put(new MemberCard(this.young, "cleo", "Cleo"), 1))
			.then(Mono.empty());
		assertThat(this.members.require(this.young).mergeWith(arrival).blockLast().handle()).isEqualTo("cleo");
	}

	@Test
	void givesCardsInTheOrderAskedForAndLeavesOutWhoIsGone() {
		put(this.old, "Anna", 1);
		put(this.young, "Ben", 1);
		String gone = new IdGenerator(this.lastYear).next();
		assertThat(this.members.cards(List.of(this.young, gone, this.old)).block()).extracting(MemberCard::name)
			.containsExactly("Ben", "Anna");
	}

	private void put(String id, String name, long version) {
		this.members.put(new MemberCard(id, "handle", name), version).block();
	}

	private void assertMissing(String id) {
		assertThatExceptionOfType(NotFound.class).isThrownBy(() -> this.members.require(id).block());
	}

}
