package dev.agora.session.member;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.PreconditionFailed;
import dev.agora.platform.problem.TooManyRequests;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.web.Idempotency;
import dev.agora.platform.web.conditional.IfMatch;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MembersStoreTests {

	private final TestMongoServer mongo = new TestMongoServer();

	private final DocumentStore store = new DocumentStore(this.mongo.database("session"), JsonMapper.shared(),
			Clock.systemUTC());

	private final Members members = new Members(this.mongo.database("session"), this.store,
			new MemberSettings(Duration.ofDays(30), 10), Clock.systemUTC());

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	@BeforeAll
	void prepare() {
		StepVerifier.create(this.store.migrate()).verifyComplete();
	}

	@AfterAll
	void close() {
		this.mongo.close();
	}

	@Test
	void findsAMemberByIdAndByHandle() {
		StepVerifier
			.create(register("ada", Optional.empty())
				.flatMap((ada) -> Mono.zip(this.members.find(ada.id()), this.members.findByHandle("ada"))))
			.assertNext((found) -> {
				assertThat(found.getT1()).isEqualTo(found.getT2());
				assertThat(found.getT1().version()).isOne();
				assertThat(found.getT1().value().name()).isEqualTo("Name of ada");
			})
			.verifyComplete();
	}

	@Test
	void findsNoMemberByAnUnknownHandle() {
		StepVerifier.create(this.members.findByHandle("nobody")).verifyComplete();
	}

	@Test
	void rejectsAHandleThatIsTaken() {
		StepVerifier.create(register("bob", Optional.empty()).then(register("bob", Optional.empty())))
			.expectErrorSatisfies((refusal) -> {
				assertThat(refusal).isInstanceOf(Conflict.class);
				assertThat(((Conflict) refusal).errors()).singleElement().extracting("field").isEqualTo("handle");
			})
			.verify();
	}

	@Test
	void returnsTheSameMemberForARepeatedRegistration() {
		Optional<Idempotency> key = Idempotency.of("key-1", "members", "carol");
		StepVerifier.create(register("carol", key).zipWhen((first) -> register("carol", key)))
			.assertNext((both) -> assertThat(both.getT1()).isEqualTo(both.getT2()))
			.verifyComplete();
	}

	@Test
	void rejectsAnIdempotencyKeyOfAnotherBody() {
		StepVerifier
			.create(register("dave", Idempotency.of("key-2", "members dave", "Dave"))
				.then(register("dave", Idempotency.of("key-2", "members dave", "David"))))
			.expectError(InvalidRequest.class)
			.verify();
	}

	@Test
	void theSameIdempotencyKeyRegistersTwoHandles() {
		StepVerifier
			.create(register("dina", Idempotency.of("key-3", "members dina", "body"))
				.then(register("dora", Idempotency.of("key-3", "members dora", "body"))))
			.assertNext((dora) -> assertThat(dora.value().handle()).isEqualTo("dora"))
			.verifyComplete();
	}

	@Test
	void renamesOnlyTheExpectedVersion() {
		StepVerifier
			.create(register("erin", Optional.empty())
				.flatMap((erin) -> this.members.rename(erin.id(), version(1), "Erin E.")
					.then(this.members.rename(erin.id(), version(1), "Erin F."))))
			.expectErrorSatisfies((refusal) -> assertThat(((PreconditionFailed) refusal).status()).isEqualTo(412))
			.verify();
		StepVerifier.create(this.members.findByHandle("erin")).assertNext((erin) -> {
			assertThat(erin.value().name()).isEqualTo("Erin E.");
			assertThat(erin.version()).isEqualTo(2);
		}).verifyComplete();
	}

	@Test
	void countsTheChangesOfAName() {
		Stored<Member> hal = Objects.requireNonNull(register("hal", Optional.empty()).block());
		StepVerifier.create(Flux.range(1, 11).concatMap((i) -> this.members.rename(hal.id(), version(i), "Hal " + i)))
			.expectNextCount(10)
			.verifyError(TooManyRequests.class);
		StepVerifier.create(this.members.rename(hal.id(), version(11), "Hal 10")).expectNextCount(1).verifyComplete();
	}

	@Test
	void renamesAMemberFromBeforeChangesWereCounted() {
		Stored<Member> ida = Objects.requireNonNull(register("ida", Optional.empty()).block());
		StepVerifier
			.create(Mono
				.from(this.mongo.database("session")
					.getCollection("members")
					.updateOne(Filters.eq(ida.id()), Updates.unset("value.renamedAt")))
				.then(this.members.rename(ida.id(), version(1), "Ida I.")))
			.assertNext((renamed) -> assertThat(renamed.value().renamedAt()).hasSize(1))
			.verifyComplete();
	}

	@Test
	void returns404ForTheRenameOfAnUnknownMember() {
		StepVerifier.create(this.members.rename(this.ids.next(), version(1), "Nobody"))
			.expectErrorSatisfies(
					(refusal) -> assertThat(refusal).isInstanceOf(NotFound.class).hasMessageContaining("member"))
			.verify();
	}

	@Test
	void keepsTheHandleOfADeletedMember() {
		StepVerifier
			.create(register("fay", Optional.empty())
				.flatMap((fay) -> this.members.delete(fay.id(), Optional.empty()).thenReturn(fay.id()))
				.flatMap((id) -> Mono.zip(this.members.find(id).hasElement(),
						this.members.findByHandle("fay").hasElement())))
			.assertNext((found) -> assertThat(found.getT1() || found.getT2()).isFalse())
			.verifyComplete();
		StepVerifier.create(register("fay", Optional.empty())).expectError(Conflict.class).verify();
	}

	@Test
	void deletesOnlyTheExpectedVersion() {
		StepVerifier
			.create(register("gil", Optional.empty())
				.flatMap((gil) -> this.members.delete(gil.id(), Optional.of(version(7)))))
			.expectError(PreconditionFailed.class)
			.verify();
		StepVerifier.create(this.members.findByHandle("gil")).expectNextCount(1).verifyComplete();
	}

	private static IfMatch version(long version) {
		return IfMatch.parse("\"" + version + "\"").orElseThrow();
	}

	private Mono<Stored<Member>> register(String handle, Optional<Idempotency> key) {
		return Mono.defer(() -> this.members.register(this.ids.next(),
				Member.register(handle, "Name of " + handle, "hash", Instant.ofEpochMilli(1000)), key));
	}

}
