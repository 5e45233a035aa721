package dev.agora.session.member;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.problem.Rejected;
import dev.agora.platform.testing.MongoServerForTests;
import dev.agora.platform.web.Idempotency;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MembersStoreTests {

	private final MongoServerForTests mongo = new MongoServerForTests();

	private final DocumentStore store = new DocumentStore(this.mongo.database("session"), JsonMapper.shared(),
			Clock.systemUTC());

	private final Members members = new Members(this.store);

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	@BeforeAll
	void prepare() {
		StepVerifier.create(this.store.prepare()).verifyComplete();
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
	void findsNobodyUnderAnotherHandle() {
		StepVerifier.create(this.members.findByHandle("nobody")).verifyComplete();
	}

	@Test
	void refusesAHandleThatIsTaken() {
		StepVerifier.create(register("bob", Optional.empty()).then(register("bob", Optional.empty())))
			.expectErrorSatisfies((refusal) -> {
				assertThat(refusal).isInstanceOf(Conflict.class);
				assertThat(((Conflict) refusal).errors()).singleElement().extracting("field").isEqualTo("handle");
			})
			.verify();
	}

	@Test
	void answersARepeatedRegistrationWithTheSameMember() {
		Optional<Idempotency> key = Idempotency.of("key-1", "members", "carol");
		StepVerifier.create(register("carol", key).zipWhen((first) -> register("carol", key)))
			.assertNext((both) -> assertThat(both.getT1()).isEqualTo(both.getT2()))
			.verifyComplete();
	}

	@Test
	void refusesAKeyThatWasUsedForAnotherBody() {
		StepVerifier
			.create(register("dave", Idempotency.of("key-2", "members", "dave"))
				.then(register("dora", Idempotency.of("key-2", "members", "dora"))))
			.expectError(Rejected.class)
			.verify();
		StepVerifier.create(this.members.findByHandle("dora")).verifyComplete();
	}

	private Mono<Stored<Member>> register(String handle, Optional<Idempotency> key) {
		return Mono.defer(() -> this.members.register(this.ids.next(),
				Member.register(handle, "Name of " + handle, "hash", Instant.ofEpochMilli(1000)), key));
	}

}
