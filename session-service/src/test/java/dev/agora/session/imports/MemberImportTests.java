package dev.agora.session.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.testing.Shared;
import dev.agora.session.imports.TestMemberImports.Operator;
import dev.agora.session.member.Member;
import dev.agora.session.member.Members;
import dev.agora.session.password.TestHashes;

import static dev.agora.session.imports.TestMemberImports.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Imports members, and ends with the same members after a repetition or a failure. */
@ExtendWith(Shared.class)
class MemberImportTests {

	private static TestMemberImports imports;

	private final Operator operator = imports.newOperator();

	@BeforeAll
	static void share(TestMemberImports shared) {
		imports = shared;
	}

	@Test
	void importsMembersWhoCanLogIn() {
		JsonNode result = this.operator
			.importFile(line("ada", "Ada", imports.hash()) + "\n" + line("bob", "Bob", null) + "\n");
		assertThat(result.path("created").asInt()).as(result.toString()).isEqualTo(2);
		JsonNode ada = body(this.operator.show("ada").expectStatus().isOk());
		assertThat(ada.path("name").asString()).isEqualTo("Ada");
		this.operator.logIn("ada").expectStatus().isCreated();
		this.operator.logIn("bob").expectStatus().isUnauthorized();
		BsonDocument stored = imports.stored(ada.path("id").asString());
		assertThat(stored.getArray("outbox").get(0).asDocument().getString("type").getValue())
			.isEqualTo("member.registered");
	}

	@Test
	void replacesAHashWithOtherParametersAtTheFirstLogIn() {
		this.operator.importFile(line("ada", "Ada", imports.hash()));
		String id = body(this.operator.show("ada")).path("id").asString();
		assertThat(imports.storedHash(id)).isEqualTo(imports.hash());
		this.operator.logIn("ada").expectStatus().isCreated();
		String renewed = imports.storedHash(id);
		assertThat(renewed).startsWith("$argon2id$v=19$m=64,t=2,p=1$");
		this.operator.logIn("ada").expectStatus().isCreated();
		assertThat(imports.storedHash(id)).isEqualTo(renewed);
		this.operator.show("ada").expectHeader().valueEquals("ETag", "\"2\"");
		imports.client().get().uri("/members/" + id).exchange().expectHeader().valueEquals("ETag", "\"2\"");
	}

	@Test
	void neverChangesAPasswordButSetsAMissingOne() {
		this.operator.register("ada").expectStatus().isCreated();
		this.operator.importFile(line("bob", "Bob", null));
		JsonNode result = this.operator.importFile(
				line("ada", "Ada", new TestHashes().hash("another one!")) + "\n" + line("bob", "Bob", imports.hash()));
		assertThat(result.path("unchanged").asInt()).as(result.toString()).isEqualTo(1);
		assertThat(result.path("changed").asInt()).isEqualTo(1);
		this.operator.logIn("ada").expectStatus().isCreated();
		this.operator.logIn("bob").expectStatus().isCreated();
	}

	@Test
	void theSameFileAgainChangesNothing() {
		String file = this.operator.lines(600);
		assertThat(this.operator.importFile(file).path("created").asInt()).isEqualTo(600);
		JsonNode second = this.operator.importFile(file);
		assertThat(second.path("unchanged").asInt()).as(second.toString()).isEqualTo(600);
		assertThat(second.path("created").asInt() + second.path("changed").asInt() + second.path("failed").asInt())
			.isZero();
	}

	@Test
	void aRunThatDiedIsResumedWithTheSameResult() {
		String file = this.operator.lines(700);
		String job = this.operator.submit(file);
		imports.mongo().failNext("insert", "members");
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> imports.run(job));
		JsonNode result = imports.run(job);
		assertThat(result.path("created").asInt()).as(result.toString()).isEqualTo(700);
		assertThat(this.operator.handlesOf("n")).hasSize(700);
	}

	@Test
	void aRowWhoseWorkerDiedAfterEachStepIsCountedOnce() {
		for (String collection : List.of("handles", "members")) {
			String job = this.operator.submit(line("a_" + collection, "A", null));
			imports.mongo().failNext("insert", collection);
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> imports.run(job));
			assertThat(imports.run(job).path("created").asInt()).isEqualTo(1);
			assertThat(imports.run(job).path("created").asInt()).isEqualTo(1);
		}
	}

	@Test
	void aRegistrationAndTwoImportsGiveEachHandleOneMember() {
		String file = this.operator.lines(120);
		List<String> jobs = List.of(this.operator.submit(file), this.operator.submit(file));
		List<Mono<Object>> work = new ArrayList<>();
		jobs.forEach((job) -> work.add(Mono.defer(() -> imports.handle(job)).cast(Object.class)));
		Members members = imports.bean(Members.class);
		Set<Integer> registered = Flux.range(1, 120)
			.flatMap((i) -> members
				.register(imports.bean(IdGenerator.class).next(),
						Member.register(this.operator.prefix() + "n" + i, "Other", "", Instant.EPOCH), Optional.empty())
				.thenReturn(i)
				.onErrorResume(Conflict.class, (taken) -> Mono.empty()), 8)
			.collect(Collectors.toSet())
			.zipWith(Flux.merge(work).collectList(), (one, other) -> one)
			.block();
		List<BsonDocument> all = this.operator.handlesOf("n");
		assertThat(all).hasSize(120);
		assertThat(all.stream().map((member) -> member.getDocument("value").getString("handle").getValue()).distinct())
			.hasSize(120);
		assertThat(all.stream()
			.filter((member) -> member.getDocument("value").getString("name").getValue().equals("Other"))
			.count()).isEqualTo(Objects.requireNonNull(registered).size());
		int created = jobs.stream().mapToInt((job) -> imports.run(job).path("created").asInt()).sum();
		assertThat(created).isEqualTo(120 - registered.size());
	}

	private String line(String handle, String name, @Nullable String passwordHash) {
		return this.operator.line(handle, name, passwordHash);
	}

}
